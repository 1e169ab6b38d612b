#!/usr/bin/env python3
"""How often winnow's 95 % intervals hold the coefficient that the data was made with.

For each seed: a history whose true model is linear (`winnow simulate --form linear`), a fit without
penalty (`winnow train --plain`; with --penalised `--form linear`), and for every coefficient whether its interval holds the truth. See
README.md.
"""
import argparse
import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from math import sqrt
from pathlib import Path


def run(command):
    """The standard output of a program; its words are shown where it fails."""
    result = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\nexit code {result.returncode}\n{result.stderr}")
    return result.stdout


def expected(truth):
    """The true coefficient of each term in treatment coding, by the terms' names.

    The simulation states effects of standardised numbers and an effect for every level; here a number
    is in its own unit, and a level is compared with the first of its column in sorted order.
    """
    coefficients = {}
    intercept = truth["intercept"]
    for name, number in truth["numbers"].items():
        if number["scale"] != "identity":
            sys.exit(f"{name} acts by its logarithm: simulate the linear form")
        slope = number["coefficient"] / number["standardDeviation"]
        coefficients[name] = slope
        intercept -= slope * number["mean"]
    for name, effects in truth["levels"].items():
        levels = sorted(effects)
        intercept += effects[levels[0]]
        for level in levels[1:]:
            coefficients[f"{name}={level}"] = effects[level] - effects[levels[0]]
    for name, effect in truth["flags"].items():
        coefficients[f"{name}=true"] = effect
    coefficients["(intercept)"] = intercept
    return coefficients


def hits(program, rows, seed):
    """For one seed, by term: whether the interval holds the truth, and the error in standard errors."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        history, truth_file = folder / "history.csv", folder / "truth.json"
        run([program, "simulate", "--form", "linear", "--rows", rows, "--seed", seed,
             "--output", history, "--truth", truth_file])
        fit = json.loads(run([
            program, "train", history, "--plain", "--json", "--outcome", "outcome",
            "--id", "lead_id", "--threads", 1, "--model", folder / "model.json"]))
        truth = expected(json.loads(truth_file.read_text()))
    found = {}
    for term in fit["coefficients"]:
        label = term["name"]
        if label not in truth and f"{label}=true" in truth:
            label += "=true"
        if label not in truth:
            sys.exit(f"seed {seed}: a coefficient {label} that was not planted")
        value = truth.pop(label)
        found[label] = (
            term["low"] <= value <= term["high"],
            (term["estimate"] - value) / term["standardError"])
    if truth:
        sys.exit(f"seed {seed}: no coefficient for {', '.join(truth)}")
    return found


def penalised_hits(program, rows, seed):
    """The same for the default fit: lines, flags, missing cells, and levels against their field's mean.

    What is compared is what a penalised model can tell: the mean of a field's levels is the
    intercept's, so both the truth and the estimates are counted from their mean over leads.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        history, truth_file, model_file = (
            folder / "history.csv", folder / "truth.json", folder / "model.json")
        run([program, "simulate", "--form", "linear", "--rows", rows, "--seed", seed,
             "--output", history, "--truth", truth_file])
        run([program, "train", history, "--outcome", "outcome", "--id", "lead_id", "--form", "linear",
             "--validation", "none", "--threads", 1, "--model", model_file])
        truth, model = (json.loads(file.read_text()) for file in (truth_file, model_file))
    found = {}

    def note(label, estimate, error, value):
        found[label] = (abs(estimate - value) <= 1.959964 * error, (estimate - value) / error)

    for term in model["terms"]:
        field = term["field"]
        if term["kind"] == "numeric":
            number = truth["numbers"][field]
            slope = number["coefficient"] / number["standardDeviation"]
            note(field, term["coefficient"], term["standardError"],
                 slope * term["standardDeviation"])
            if "missing" in term:
                # A missing number counts as the training mean here, as the true mean in the truth.
                value = number["effectWhenMissing"] - slope * (term["mean"] - number["mean"])
                note(f"{field} missing", term["missing"]["coefficient"],
                     term["missing"]["standardError"], value)
        elif term["kind"] == "flag":
            note(field, term["coefficient"], term["standardError"], truth["flags"][field])
        else:
            effects, levels = truth["levels"][field], term["levels"]
            leads = sum(level["leads"] for level in levels)
            centre = sum(effects[level["level"]] * level["leads"] for level in levels) / leads
            for level in levels:
                note(f"{field}={level['level']}", level["coefficient"],
                     level["standardError"], effects[level["level"]] - centre)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--winnow", required=True, help="the built program")
    parser.add_argument("--seeds", type=int, default=200, help="how many histories (default 200)")
    parser.add_argument("--rows", type=int, default=5000, help="leads a history (default 5,000)")
    parser.add_argument("--jobs", type=int, default=2, help="how many at once (default 2)")
    parser.add_argument("--penalised", action="store_true", help="the default fit, not --plain")
    arguments = parser.parse_args()
    count = penalised_hits if arguments.penalised else hits
    with ThreadPoolExecutor(arguments.jobs) as pool:
        results = list(pool.map(
            lambda seed: count(arguments.winnow, arguments.rows, seed),
            range(1, arguments.seeds + 1)))

    print("| term | intervals | hold the truth | mean error | its spread |")
    print("|---|---:|---:|---:|---:|")
    for term in results[0]:
        held = [result[term][0] for result in results]
        errors = [result[term][1] for result in results]
        mean = sum(errors) / len(errors)
        spread = sqrt(sum((error - mean) ** 2 for error in errors) / max(1, len(errors) - 1))
        print(f"| {term} | {len(held)} | {share(held):.1%} | {mean:+.3f} | {spread:.3f} |")
    # Intervals of one history hang together, so the histories are what is counted.
    by_history = [share([held for held, _ in result.values()]) for result in results]
    total = sum(by_history) / len(by_history)
    spread = sqrt(
        sum((value - total) ** 2 for value in by_history) / max(1, len(by_history) - 1))
    error = spread / sqrt(len(by_history))
    print(f"\nAll terms: {total:.2%} of the intervals hold the truth (standard error {error:.2%}).")
    if not 0.93 <= total <= 0.97:
        sys.exit("outside 93 % to 97 %")


def share(values):
    """The share of true."""
    return sum(values) / len(values)


if __name__ == "__main__":
    main()
