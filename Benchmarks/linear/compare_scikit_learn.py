#!/usr/bin/env python3
"""Compares winnow with scikit-learn's default pipeline on public data, on the same rows.

Each data set is split five times, 70 % to train and 30 % to test; both sides learn from the first
file and are measured on the second. See README.md.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from datasets import DATA_SETS
from measures import auc_components, auc_difference, difference, log_losses, squared_errors
from splitting import split


def scikit_learn(data_set, train, test):
    """The probabilities of scikit-learn's default pipeline for the rows of `test`."""
    known, new = data_set.frame(train), data_set.frame(test)
    features, new_features = data_set.features(known), data_set.features(new)
    # A column is numeric if it is so in both files, as one file read at once would have it.
    numeric = [
        name for name in features
        if all(frame[name].dtype.kind in "if" for frame in (features, new_features))]
    other = [name for name in features if name not in numeric]
    for frame in (features, new_features):
        for name in other:
            frame[name] = frame[name].astype(object).where(frame[name].notna(), "missing").astype(str)
    pipeline = make_pipeline(
        ColumnTransformer([
            ("numeric", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numeric),
            ("other", OneHotEncoder(handle_unknown="ignore"), other)]),
        LogisticRegression(max_iter=10_000))
    pipeline.fit(features, data_set.outcomes(known))
    return pipeline.predict_proba(new_features)[:, 1], data_set.outcomes(new)


def run(command):
    """Runs a program; its words are shown where it fails."""
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\nexit code {result.returncode}\n{result.stderr}")


def winnow(program, data_set, train, test, folder):
    """The probabilities of winnow for the rows of `test`."""
    model, scores = folder / "model.json", folder / "scores.jsonl"
    options = ["--outcome", data_set.outcome, *data_set.outcome_options]
    if data_set.identifier:
        options += ["--id", data_set.identifier]
    if data_set.excluded:
        options += ["--exclude", ",".join(data_set.excluded)]
    run([program, "train", train, *options, "--form", "linear", "--model", model])
    run([program, "score", test, "--model", model, "--output", scores, "--format", "jsonl"])
    with open(scores, encoding="utf-8") as file:
        return np.array([json.loads(line)["probability"] for line in file])


def compare(data_set, arguments):
    """Per seed, a row of figures for a data set."""
    rows = []
    for seed in range(1, arguments.seeds + 1):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            # The ending is the original's: it may tell a reader what the file is.
            ending = Path(data_set.file).suffix
            train, test = folder / f"train{ending}", folder / f"test{ending}"
            split(arguments.data / data_set.file, data_set.has_header, seed, train, test)
            theirs, outcomes = scikit_learn(data_set, train, test)
            row = {"seed": seed, "rows": len(outcomes), "theirs": figures(outcomes, theirs)}
            if arguments.winnow:
                ours = winnow(arguments.winnow, data_set, train, test, folder)
                if len(ours) != len(outcomes):
                    sys.exit(f"{data_set.name}: {len(ours)} scores for {len(outcomes)} rows")
                row["ours"] = figures(outcomes, ours)
                row["log loss"] = difference(log_losses(outcomes, ours), log_losses(outcomes, theirs))
                row["AUC"] = auc_difference(outcomes, ours, theirs)
                row["Brier"] = difference(
                    squared_errors(outcomes, ours), squared_errors(outcomes, theirs))
            rows.append(row)
            print(line(data_set, row), file=sys.stderr, flush=True)
    return rows


def figures(outcomes, probabilities):
    """Log loss, AUC and Brier score."""
    return {
        "log loss": log_losses(outcomes, probabilities).mean(),
        "AUC": auc_components(outcomes, probabilities)[0],
        "Brier": squared_errors(outcomes, probabilities).mean()}


MEASURES = ["log loss", "AUC", "Brier"]


def line(data_set, row):
    """One split in one line."""
    parts = []
    for measure in MEASURES:
        text = f"{measure} {row['theirs'][measure]:.5f}"
        if "ours" in row:
            change, error = row[measure]
            text += f" -> {row['ours'][measure]:.5f} ({change:+.5f} +- {error:.5f})"
        parts.append(text)
    return f"{data_set.name}, seed {row['seed']}: " + ", ".join(parts)


def summary(name, rows):
    """A data set in one row of Markdown: means over the seeds.

    The splits share rows, so their mean is hardly less uncertain than one of them: the standard error
    shown is the mean of the splits' own.
    """
    cells = [name, str(rows[0]["rows"])]
    for measure in MEASURES:
        cells.append(f"{np.mean([row['theirs'][measure] for row in rows]):.5f}")
        if "ours" in rows[0]:
            cells.append(f"{np.mean([row['ours'][measure] for row in rows]):.5f}")
            change = np.mean([row[measure][0] for row in rows])
            error = np.mean([row[measure][1] for row in rows])
            cells.append(f"{change:+.5f} ± {error:.5f}")
    return "| " + " | ".join(cells) + " |"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--winnow", help="the built program; without it only scikit-learn runs")
    parser.add_argument("--data", type=Path, help="the folder of the data sets")
    parser.add_argument("--seeds", type=int, default=5, help="how many splits (default 5)")
    parser.add_argument("--only", default="", help="data sets whose name contains this")
    arguments = parser.parse_args()
    beside = Path(__file__).resolve().parents[3] / "shared" / "data"
    arguments.data = arguments.data or Path(os.environ.get("WINNOW_DATA", beside))

    titles = ["data set", "test rows"]
    for measure in MEASURES:
        titles += [f"{measure}, scikit-learn"]
        if arguments.winnow:
            titles += [f"{measure}, winnow", "difference"]
    table = ["| " + " | ".join(titles) + " |", "|---|" + "---:|" * (len(titles) - 1)]
    worse = []
    for data_set in DATA_SETS:
        if arguments.only not in data_set.name:
            continue
        rows = compare(data_set, arguments)
        table.append(summary(data_set.name, rows))
        if arguments.winnow and np.mean([row["log loss"][0] for row in rows]) > 0:
            worse.append(data_set.name)
    print("\n".join(table))
    if worse:
        sys.exit("log loss above scikit-learn's: " + ", ".join(worse))


if __name__ == "__main__":
    main()
