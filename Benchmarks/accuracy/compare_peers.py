#!/usr/bin/env python3
"""Winnow beside well-known methods on fixed splits of public data: accuracy, calibration, paired differences.

usage: compare_peers.py --winnow PROGRAM --folder DIR --cache DIR [--forms linear,curves] [--methods a,b]
                        [--sets a,b] [--splits s0,s1] [--published FILE.csv] [--sizes 100,200,500]

The folder holds <set>/<split>/{train,test}.csv with the columns row_id and target; s0, s1, ... are random splits of the
same rows, other names (t: the newest rows, o: the publisher's) stand by themselves. Predictions stay in the cache, Winnow's
under the digest of the program, so that a second call computes what is missing. Peers: scikit-learn, lightgbm,
lightgbm-tuned, ebm, optbinning. With --published their figures come from a file with the columns ds, sp, method,
logloss, auc, slope, ece, lift10, and none is run. With --sizes, the learning curve: three draws of that many training
rows from each of three splits. Progress goes to standard error, tables to standard output; the exit code is 1 where a
method failed.
"""
import argparse
import csv
import hashlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from measures import MEASURES, measure, over_splits
from peers import PEERS, predict

# What a file of published figures calls the methods here.
PUBLISHED_NAMES = {"lr": "scikit-learn", "lgbm": "lightgbm", "lgbm_es": "lightgbm-tuned", "optb": "optbinning"}
CURVE_SETS = ["telco", "xedu", "bank", "german", "cust"]
CURVE_PEERS = ["scikit-learn", "lightgbm"]
DRAWS = 3
# Rows of a training file that holds fewer of either outcome teach nothing.
FEWEST_OF_AN_OUTCOME = 2


def read(path):
    """A table of text, nothing taken for missing."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def winnow(program, form, train, test):
    """The probabilities of winnow for the rows of a test table, by its files alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        history, leads, model, scores = (
            folder / file for file in ("train.csv", "test.csv", "model.json", "scores.csv"))
        train.to_csv(history, index=False)
        test.drop(columns="target").to_csv(leads, index=False)
        run([program, "train", history, "--model", model, "--outcome", "target", "--id", "row_id",
             "--form", form, "--validation", "none", "--quiet"])
        run([program, "score", leads, "--model", model, "--output", scores, "--quiet"])
        found = read(scores).set_index("row_id")["probability"].astype(float)
    return found.reindex(test["row_id"]).to_numpy()


def run(command):
    """Runs a program; where it fails, its words are the error's."""
    result = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if result.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}\nexit code {result.returncode}\n{result.stderr}")


class Runner:
    """Computes predictions, or finds them in the cache."""

    def __init__(self, arguments):
        self.program, self.cache = arguments.winnow, arguments.cache
        self.digest = hashlib.sha256(Path(self.program).read_bytes()).hexdigest()[:12] if self.program else ""
        self.has_failed = False

    def figures(self, method, place, train, test):
        """The measures of a method on a test table; None where it failed."""
        form = method.removeprefix("winnow ") if method.startswith("winnow ") else None
        name = f"winnow-{form}-{self.digest}" if form else method
        path = self.cache / place / f"{name}.csv"
        if path.exists():
            probabilities = read(path).set_index("row_id")["p"].astype(float)
            probabilities = probabilities.reindex(test["row_id"]).to_numpy()
        else:
            started = time.monotonic()
            try:
                probabilities = winnow(self.program, form, train, test) if form else predict(method, train, test)
            except Exception as error:  # A peer's library may raise anything; the others go on.
                print(f"{place}: {method} failed: {error}", file=sys.stderr, flush=True)
                self.has_failed = True
                return None
            path.parent.mkdir(parents=True, exist_ok=True)
            pd.DataFrame({"row_id": test["row_id"], "p": probabilities}).to_csv(path, index=False)
            print(f"{place}: {method} {time.monotonic() - started:.1f} s", file=sys.stderr, flush=True)
        return measure(test["target"].astype(int).to_numpy(), probabilities)


def is_random(split):
    """Whether a split is one of several random ones of the same rows."""
    return split[:1] == "s" and split[1:].isdigit()


def published(path):
    """The figures of a file by (set, split, method)."""
    with open(path, encoding="utf-8", newline="") as file:
        return {
            (row["ds"], row["sp"], PUBLISHED_NAMES.get(row["method"], row["method"])):
                {title: float(row[column]) for title, column in MEASURES.items()}
            for row in csv.DictReader(file)}


def chosen(text, names):
    """The names of a list with commas, in its order; all where there is none."""
    return text.split(",") if text else names


def markdown(titles, rows):
    """A table with text on the left and figures on the right."""
    lines = [titles, ["---"] + ["---:"] * (len(titles) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def with_error(mean, error):
    return f"{mean:+.4f}" + (f" ± {error:.4f}" if np.isfinite(error) else "")


# The comparison over whole splits

def collect(arguments, sets, methods):
    """Figures by (set, split, method), and test rows per training row by set."""
    runner = Runner(arguments)
    known = published(arguments.published) if arguments.published else {}
    figures, ratios = {}, {}
    for name in sets:
        splits = sorted(path.parent.name for path in (arguments.folder / name).glob("*/train.csv"))
        for split in splits:
            if arguments.splits and split not in arguments.splits.split(","):
                continue
            train, test = (read(arguments.folder / name / split / f"{part}.csv") for part in ("train", "test"))
            if is_random(split):
                ratios[name] = len(test) / len(train)
            for method in methods:
                if arguments.published and not method.startswith("winnow "):
                    found = known.get((name, split, method))
                else:
                    found = runner.figures(method, Path(name) / split, train, test)
                if found:
                    figures[name, split, method] = found
    return figures, ratios, runner.has_failed


def table_of_means(figures, title, methods):
    """A measure: means over the random splits of a set, their mean, then the other splits one by one.

    Where a method lacks splits that others have, the number of its splits follows in brackets.
    """
    sets = sorted({name for name, split, _ in figures if is_random(split)})
    means, rows = {}, []
    for name in sets:
        values = {method: [
            found[title] for (owner, split, other), found in figures.items()
            if owner == name and other == method and is_random(split)] for method in methods}
        most = max(map(len, values.values()))
        row = [name]
        for method in methods:
            if not values[method]:
                row.append("")
                continue
            means[name, method] = np.mean(values[method])
            count = len(values[method])
            row.append(f"{means[name, method]:.4f}" + (f" ({count})" if count < most else ""))
        rows.append(row)
    if sets:
        rows.append(["mean over sets"] + [
            f"{np.mean([means[name, method] for name in sets]):.4f}"
            if all((name, method) in means for name in sets) else "" for method in methods])
    for name, split in sorted({(name, split) for name, split, _ in figures if not is_random(split)}):
        cells = [figures.get((name, split, method)) for method in methods]
        rows.append([f"{name}, split {split}"] + [f"{cell[title]:.4f}" if cell else "" for cell in cells])
    return markdown([title, *methods], rows)


def table_of_differences(figures, ratios, form, peers):
    """Log loss of a form less each peer's, over the random splits that both have."""
    rows, found = [], {peer: [] for peer in peers}
    for name in sorted(ratios):
        row = [name]
        for peer in peers:
            differences = [
                ours["log loss"] - figures[name, split, peer]["log loss"]
                for (owner, split, method), ours in figures.items()
                if owner == name and method == form and is_random(split) and (name, split, peer) in figures]
            if differences:
                found[peer].append(over_splits(differences, ratios[name]))
            row.append(with_error(*found[peer][-1]) if differences else "")
        rows.append(row)
    last = ["mean over sets"]
    for peer in peers:
        means, errors = np.array(found[peer]).T if found[peer] else (np.array([]), np.array([]))
        # Sets are independent of each other.
        text = with_error(means.mean(), np.sqrt((errors ** 2).sum()) / len(errors)) if len(means) else ""
        last.append(text + (f" ({len(means)} sets)" if 0 < len(means) < len(rows) else ""))
    return markdown([f"{form} less", *peers], [*rows, last])


def compare(arguments):
    """Prints the tables of whole splits; True where all methods ran."""
    sets = chosen(arguments.sets, sorted(
        path.name for path in arguments.folder.iterdir() if any(path.glob("*/train.csv"))))
    peers = chosen(arguments.methods, list(PEERS))
    forms = [f"winnow {form}" for form in arguments.forms.split(",")] if arguments.winnow else []
    figures, ratios, has_failed = collect(arguments, sets, forms + peers)
    for title in MEASURES:
        print(table_of_means(figures, title, forms + peers), end="\n\n")
    for form in forms:
        print(table_of_differences(figures, ratios, form, peers), end="\n\n")
    return not has_failed


# The learning curve

def draws(train, size):
    """Training tables of `size` rows, the same ones in every call."""
    for draw in range(DRAWS):
        generator = np.random.Generator(np.random.PCG64(1000 * draw + size))
        rows = train.iloc[generator.permutation(len(train))[:size]]
        if rows["target"].value_counts().reindex(["0", "1"], fill_value=0).min() >= FEWEST_OF_AN_OUTCOME:
            yield draw, rows


def cell(runner, arguments, name, size, methods):
    """Log losses of the methods over draws and splits, a column each; draws where one failed are left out."""
    found = []
    for split in chosen(arguments.splits, ["s0", "s1", "s2"]):
        train, test = (read(arguments.folder / name / split / f"{part}.csv") for part in ("train", "test"))
        for draw, rows in draws(train, size):
            place = Path(name) / f"{split}-{size}-{draw}"
            results = [runner.figures(method, place, rows, test) for method in methods]
            if all(results):
                found.append([result["log loss"] for result in results])
    return np.array(found)


def learning_curve(arguments):
    """Prints mean log losses at small sizes and in how many cells a form is best or level; True if all ran.

    Level: within one standard error of the paired difference, over draws and splits, from the best peer.
    """
    runner = Runner(arguments)
    peers = chosen(arguments.methods, CURVE_PEERS)
    forms = [f"winnow {form}" for form in arguments.forms.split(",")] if arguments.winnow else []
    methods = forms + peers
    rows, good, cells = [], dict.fromkeys(forms, 0), 0
    for name in chosen(arguments.sets, CURVE_SETS):
        for size in map(int, arguments.sizes.split(",")):
            losses = cell(runner, arguments, name, size, methods)
            if len(losses) == 0:
                continue
            cells += 1
            means = losses.mean(axis=0)
            best = len(forms) + int(np.argmin(means[len(forms):])) if peers else 0
            marks = []
            for index, form in enumerate(forms):
                change = losses[:, index] - losses[:, best]
                error = change.std(ddof=1) / np.sqrt(len(change)) if len(change) > 1 else 0
                is_good = change.mean() <= error
                good[form] += is_good
                marks.append(f"{with_error(change.mean(), error)}{' *' if is_good else ''}")
            rows.append([name, str(size), str(len(losses)), *(f"{mean:.4f}" for mean in means), *marks])
    titles = ["set", "rows", "fits", *methods, *(f"{form} less best peer" for form in forms)]
    print(markdown(titles, rows))
    for form in forms:
        print(f"\n{form}: best or level (*) in {good[form]} of {cells} cells")
    return not runner.has_failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--winnow", help="the built program; without it only peers run")
    parser.add_argument("--forms", default="auto", help="forms of winnow (default auto)")
    parser.add_argument("--folder", type=Path, required=True, help="the folder of splits")
    parser.add_argument("--cache", type=Path, required=True, help="the folder of predictions")
    parser.add_argument("--methods", default="", help="peers (default: all)")
    parser.add_argument("--sets", default="", help="data sets (default: all)")
    parser.add_argument("--splits", default="", help="splits by name (default: all)")
    parser.add_argument("--published", type=Path, help="a file of the peers' figures, in place of running them")
    parser.add_argument("--sizes", default="", help="training rows of the learning curve, as in 100,200,500")
    arguments = parser.parse_args()
    if arguments.sizes and arguments.published:
        parser.error("--published has no figures for --sizes")
    has_run = learning_curve(arguments) if arguments.sizes else compare(arguments)
    sys.exit(0 if has_run else 1)


if __name__ == "__main__":
    main()
