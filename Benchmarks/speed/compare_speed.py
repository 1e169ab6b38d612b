#!/usr/bin/env python3
"""Times winnow and its peers in turn on the same leads, and checks that they found the same. See README.md."""
import argparse
import json
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import numpy as np
import polars as pl

from timing import in_turn, median, ratio, run

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent.parent
PEER = [sys.executable, HERE / "peers.py"]
# In a large history names of companies repeat, and would be a category of 50,000 levels.
TRAINING = [
    "--exclude", "company_name", "--form", "linear", "--penalty", "1", "--validation", "none",
    "--tiers", "SQL=0.5,MQL=0.25", "--quiet"]


def build(name):
    """Builds a product in release and returns its path."""
    command = [
        "swift", "build", "-c", "release", "--product", name,
        "--package-path", PACKAGE, "--scratch-path", PACKAGE / ".build-release"]
    run(command)
    return Path(run(command + ["--show-bin-path"]).output.strip()) / name


def expect(is_right, what):
    if not is_right:
        sys.exit(f"the results differ: {what}")
    print(f"  agree: {what}", file=sys.stderr)


def named_coefficients(model):
    """The coefficients of a model file of winnow's under the names that `peers.py train` gives them."""
    found = {}
    for term in model["terms"]:
        field = term["field"]
        is_category = term["kind"] == "category"
        if not is_category:
            found[field] = term["coefficient"]
        if "missing" in term:
            name = f"{field} = (missing)" if is_category else f"{field} (missing)"
            found[name] = term["missing"]["coefficient"]
        if "other" in term:
            found[f"{field} = (other)"] = term["other"]["coefficient"]
        for level in term.get("levels", []):
            found[f"{field} = {level['level']}"] = level["coefficient"]
    return found


def check_training(model, fit):
    ours, theirs = named_coefficients(model), fit["coefficients"]
    expect(ours.keys() == theirs.keys(), f"{len(ours)} coefficients by name")
    distance = max(abs(ours[name] - theirs[name]) for name in ours)
    distance = max(distance, abs(model["intercept"]["value"] - fit["intercept"]))
    expect(distance < 1e-5, f"coefficients to 1e-5 (found {distance:.1e})")


def check_scores(ours, theirs):
    ours, theirs = pl.read_csv(ours), pl.read_csv(theirs)
    expect(ours["lead_id"].equals(theirs["lead_id"]), f"{len(ours):,} leads in the same order")
    # Both are written to six places: a half of the last one is as close as they can be told apart.
    distance = (ours["probability"] - theirs["probability"]).abs().max()
    expect(distance < 1.5e-6, f"probabilities to 1e-6 (found {distance:.1e})")
    expect((ours["tier"] == theirs["tier"]).mean() > 0.999, "tiers")


def subjects(output):
    """The lines of `measure` and of `Benchmarks`: seconds, then two numbers."""
    return {
        words[0]: list(map(float, words[1:])) for words in map(str.split, output.splitlines())}


def check_measures(ours, theirs, draws):
    for name, tolerance in [("delong", 1e-9), ("bootstrap", 5 / (2 * draws) ** 0.5)]:
        pairs = list(zip(ours[name][1:], theirs[name][1:]))
        distance = max(abs(our / their - 1) for our, their in pairs)
        expect(distance < tolerance, f"{name} to {tolerance:.0e} (found {distance:.1e})")


def write_scores(history, scores, path):
    """Probabilities and outcomes of leads that have one."""
    known = pl.read_csv(history, columns=["lead_id", "outcome"]).join(
        pl.read_csv(scores, columns=["lead_id", "probability"]), on="lead_id", maintain_order="left")
    known.filter(pl.col("outcome") != "open").select(
        "probability", (pl.col("outcome") == "converted").cast(pl.Int8)).write_csv(path)


def table_of_processes(rows):
    lines = [
        "| whole process | winnow s | cpu s | MB | peer | s | cpu s | MB | peer / winnow |",
        "|---|---:|---:|---:|---|---:|---:|---:|---:|"]
    for title, ours, peer, theirs in rows:
        def cells(runs):
            return (f"{median(r.wall for r in runs):.3f} | {median(r.cpu for r in runs):.3f} | "
                    f"{median(r.megabytes for r in runs):.0f}")
        factor = ratio([r.wall for r in ours], [r.wall for r in theirs])
        lines.append(f"| {title} | {cells(ours)} | {peer} | {cells(theirs)} | {factor:.1f} |")
    return lines


def table_of_measures(rows):
    lines = [
        "| scores in memory | winnow s | peer | s | peer / winnow |", "|---|---:|---|---:|---:|"]
    for title, ours, peer, theirs in rows:
        lines.append(
            f"| {title} | {median(ours):.4f} | {peer} | {median(theirs):.4f} | "
            f"{ratio(ours, theirs):.1f} |")
    return lines


def machine(winnow):
    """What the figures were taken with."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    processor = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
         if line.startswith("model name")), platform.processor())
    peers = ", ".join(f"{name} {version(name)}" for name in ("polars", "glum", "tabmat", "numpy", "scipy"))
    return [
        f"- {processor}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}; "
        f"load at the end {os.getloadavg()[0]:.1f}",
        *(f"- {line}" for line in run([winnow, "--version", "--verbose"]).output.splitlines()),
        f"- Python {platform.python_version()}, {peers}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="leads in the history")
    parser.add_argument("--rounds", type=int, default=5, help="rounds that count")
    parser.add_argument("--draws", type=int, default=2000, help="draws of the bootstrap")
    parser.add_argument(
        "--peer-draws", type=int, default=50,
        help="draws that the peer makes; its time is multiplied up to --draws")
    parser.add_argument("--seed", type=int, default=2026, help="the seed of the leads")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="winnow's threads")
    parser.add_argument("--winnow", type=Path, help="the program; built where it is not named")
    parser.add_argument("--measures", type=Path, help="the program `Benchmarks`; likewise")
    options = parser.parse_args()
    winnow = options.winnow or build("winnow")
    measures = options.measures or build("Benchmarks")

    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        history, leads = folder / "history.csv", folder / "leads.csv"
        simulate = [winnow, "simulate", "--rows", options.rows, "--seed", options.seed, "--quiet"]
        run(simulate + ["--output", history])
        run(simulate + ["--start-row", options.rows, "--no-outcome", "--output", leads])
        model, fit = folder / "model.json", folder / "fit.json"
        scores, peer_scores = folder / "scores.csv", folder / "peer_scores.csv"
        threads = ["--threads", options.threads]

        print("train", file=sys.stderr)
        train = [winnow, "train", history, "--model", model, *TRAINING, *threads]
        run(train)
        logs = ",".join(
            term["field"] for term in json.loads(model.read_text())["terms"]
            if term.get("transform") == "log1p")
        training = in_turn(
            options.rounds, ours=lambda: run(train),
            theirs=lambda: run([*PEER, "train", history, fit, logs]))
        check_training(json.loads(model.read_text()), json.loads(fit.read_text()))

        print("score", file=sys.stderr)
        score = [winnow, "score", leads, "--model", model, "--quiet", *threads]
        scoring = in_turn(
            options.rounds,
            ours=lambda: run(score + ["--reasons", "0", "--output", scores]),
            theirs=lambda: run([*PEER, "score", leads, model, peer_scores]),
            reasons=lambda: run(score + ["--reasons", "3", "--output", folder / "reasons.csv"]))
        check_scores(scores, peer_scores)

        print("evaluate", file=sys.stderr)
        known = folder / "known.csv"
        run([winnow, "score", history, "--model", model, "--quiet", "--reasons", "0",
             "--output", scores])
        write_scores(history, scores, known)
        evaluation = in_turn(
            options.rounds,
            ours=lambda: run([measures, options.draws, options.threads], stdin=known),
            theirs=lambda: run([*PEER, "measure", known, options.peer_draws]))
        ours = [subjects(found.output) for found in evaluation["ours"]]
        theirs = [subjects(found.output) for found in evaluation["theirs"]]
        check_measures(ours[0], theirs[0], min(options.draws, options.peer_draws))

        print("start", file=sys.stderr)
        start = in_turn(
            max(20, options.rounds), help=lambda: run([winnow, "--help"]),
            version=lambda: run([winnow, "--version"]))

    def seconds(runs, name, factor=1):
        return [found[name][0] * factor for found in runs]

    print(f"{options.rows:,} leads, median of {options.rounds} rounds in turn\n")
    print("\n".join(table_of_processes([
        ("CSV to model", training["ours"], "polars + glum", training["theirs"]),
        ("CSV to probabilities and tiers", scoring["ours"], "polars", scoring["theirs"]),
        ("... and three reasons a lead", scoring["reasons"], "polars, no reasons", scoring["theirs"])])))
    print()
    print("\n".join(table_of_measures([
        ("AUC with DeLong's interval", seconds(ours, "delong"), "SciPy", seconds(theirs, "delong")),
        (f"bootstrap of AUC and log loss, {options.draws:,} draws", seconds(ours, "bootstrap"),
         f"NumPy, from {options.peer_draws:,} draws",
         seconds(theirs, "bootstrap", options.draws / options.peer_draws))])))
    print()
    for name, runs in start.items():
        print(f"- `winnow --{name}`: {1000 * median(r.wall for r in runs):.1f} ms, "
              f"{1000 * median(r.cpu for r in runs):.1f} ms of cpu")
    print("\n".join(machine(winnow)))


if __name__ == "__main__":
    main()
