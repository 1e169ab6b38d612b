#!/usr/bin/env python3
"""What winnow is compared with, a process each: `peers.py train|score|measure|matrices ARGUMENTS`."""
import json
import sys
import time
from pathlib import Path

import numpy as np


def prepare(history, logs):
    """The columns of winnow's linear form: names and dense columns, scales of numbers, names of levels and codes.

    `logs` names the columns on a logarithmic scale, which winnow chooses by itself.
    """
    import polars as pl

    from leads import CATEGORIES, COMMON, DATE, FLAGS, NUMBERS, flag, number, scan

    logs = logs.split(",")
    numbers = NUMBERS + [DATE]
    frame = (
        scan(history).filter(pl.col("outcome") != "open")
        .select(
            *[number(name, name in logs).alias(name) for name in numbers],
            *[flag(name).alias(name) for name in FLAGS],
            *[pl.col(name).fill_null("(missing)") for name in CATEGORIES],
            (pl.col("outcome") == "converted").cast(pl.Float64))
        .collect())

    # Dense columns: standardized numbers and flags, and what is missing of them.
    names, columns, scales = [], [], {}
    for name in numbers + FLAGS:
        values, missing = frame[name], frame[name].is_null()
        if name in numbers:
            scales[name] = (values.mean(), values.std(ddof=0))
            values = (values - scales[name][0]) / scales[name][1]
        names.append(name)
        columns.append(values.fill_null(0.0).to_numpy())
        if missing.any():
            names.append(f"{name} (missing)")
            columns.append(missing.cast(pl.Float64).to_numpy())

    # Categories: a code a lead; rare levels are one.
    coded = []
    for name in CATEGORIES:
        counts = frame[name].value_counts()
        common = counts.filter(pl.col("count") >= COMMON)[name].to_list()
        values = frame[name].replace_strict(
            {level: level for level in common} | {"(missing)": "(missing)"}, default="(other)")
        levels = sorted(values.unique().to_list())
        codes = values.cast(pl.Enum(levels)).to_physical().to_numpy()
        coded.append(([f"{name} = {level}" for level in levels], codes))
    return names, columns, scales, coded, frame["outcome"].to_numpy()


def matrices(history, folder, logs):
    """Writes the arrays of that design, for fits from memory."""
    from fits import save
    _, columns, _, coded, outcomes = prepare(history, logs)
    save(Path(folder), np.column_stack(columns), np.column_stack([codes for _, codes in coded]), outcomes)


def train(history, model, logs):
    """From a CSV file to the coefficients of winnow's linear form with a penalty of 1: polars and glum."""
    import tabmat
    from glum import GeneralizedLinearRegressor

    names, columns, scales, coded, outcomes = prepare(history, logs)
    blocks, sizes = [], []
    for levels, codes in coded:
        blocks.append(tabmat.CategoricalMatrix(codes, categories=np.arange(len(levels))))
        names += levels
        sizes.append(np.bincount(codes))

    matrix = tabmat.SplitMatrix([tabmat.DenseMatrix(np.column_stack(columns)), *blocks])
    # glum's objective is the mean loss + alpha / 2 |b|^2. Its default tolerance, 1e-4, leaves too few digits.
    fit = GeneralizedLinearRegressor(
        family="binomial", alpha=1 / len(outcomes), l1_ratio=0, solver="irls-ls",
        gradient_tol=1e-8).fit(matrix, outcomes)

    # Levels are counted from their mean over the leads, as winnow writes them.
    intercept, coefficients = float(fit.intercept_), fit.coef_.copy()
    start = len(columns)
    for counts in sizes:
        part = slice(start, start + len(counts))
        mean = float(counts @ coefficients[part] / counts.sum())
        coefficients[part] -= mean
        intercept += mean
        start = part.stop
    Path(model).write_text(json.dumps({
        "intercept": intercept, "scales": scales, "coefficients": dict(zip(names, map(float, coefficients)))}))


def score(leads, model, output):
    """From a CSV file to probabilities and tiers by a model of winnow's: one lazy expression of polars."""
    import polars as pl

    from leads import flag, number, scan

    model = json.loads(Path(model).read_text())
    eta = pl.lit(model["intercept"]["value"])
    for term in model["terms"]:
        name = term["field"]
        missing = term.get("missing", {}).get("coefficient", term.get("average", 0.0))
        if term["kind"] in ("numeric", "date"):
            scale = term["standardDeviation"] / term["coefficient"]
            held = number(name, False).clip(term["lowest"], term["highest"])
            held = held.log1p() if term["transform"] == "log1p" else held
            eta += ((held - term["mean"]) / scale).fill_null(missing)
        elif term["kind"] == "flag":
            eta += (flag(name) * term["coefficient"]).fill_null(missing)
        else:
            values = {level["level"]: level["coefficient"] for level in term["levels"]}
            unseen = term.get("other", {}).get("coefficient", 0.0)
            known = pl.col(name).replace_strict(values, default=unseen, return_dtype=pl.Float64)
            eta += pl.when(pl.col(name).is_null()).then(missing).otherwise(known)
    probability = 1 / (1 + (-eta).exp())
    tier = pl.lit(model["tiers"]["rest"])
    for border in reversed(model["tiers"]["tiers"]):
        tier = pl.when(pl.col("probability") >= border["lowest"]).then(pl.lit(border["name"])).otherwise(tier)
    (
        scan(leads).select("lead_id", probability.alias("probability"))
        .with_columns(tier.alias("tier"))
        .sink_csv(output, float_precision=6))


def read_scores(path):
    """Probabilities and outcomes (0 or 1) of leads."""
    import polars as pl
    frame = pl.read_csv(path)
    return frame["probability"].to_numpy(), frame["outcome"].to_numpy()


def area_with_interval(probabilities, outcomes, rankdata):
    """The AUC with DeLong's standard error, from midranks (Sun and Xu 2014)."""
    converted, lost = probabilities[outcomes == 1], probabilities[outcomes == 0]
    m, n = len(converted), len(lost)
    ranks = rankdata(np.concatenate([converted, lost]))
    above = (ranks[:m] - rankdata(converted)) / n
    below = 1 - (ranks[m:] - rankdata(lost)) / m
    return above.mean(), np.sqrt(above.var(ddof=1) / m + below.var(ddof=1) / n)


def bootstrap(probabilities, outcomes, draws):
    """Standard deviations of AUC and log loss over draws with replacement; sorted once, then weighted anew."""
    order = np.argsort(probabilities, kind="stable")
    p, y = probabilities[order], outcomes[order].astype(float)
    starts = np.flatnonzero(np.concatenate([[True], p[1:] != p[:-1]]))
    losses = -np.where(y == 1, np.log(p), np.log1p(-p))
    random, found = np.random.default_rng(1), []
    for _ in range(draws):
        weights = np.bincount(random.integers(0, len(p), len(p)), minlength=len(p)).astype(float)
        converted = np.add.reduceat(weights * y, starts)
        lost = np.add.reduceat(weights * (1 - y), starts)
        below = np.cumsum(lost) - lost / 2
        found.append(
            (converted @ below / converted.sum() / lost.sum(), weights @ losses / len(p)))
    return np.std(found, axis=0, ddof=1)


def measure(scores, draws):
    """Times both on scores in memory, and prints as winnow's `Benchmarks` program does."""
    # Imported here, since neither training nor scoring should pay for it, nor the time that is taken.
    from scipy.stats import rankdata
    probabilities, outcomes = read_scores(scores)
    seconds = time.perf_counter()
    area, error = area_with_interval(probabilities, outcomes, rankdata)
    print("delong", time.perf_counter() - seconds, area, error)
    seconds = time.perf_counter()
    area_error, loss_error = bootstrap(probabilities, outcomes, int(draws))
    print("bootstrap", time.perf_counter() - seconds, area_error, loss_error)


if __name__ == "__main__":
    {"train": train, "score": score, "measure": measure, "matrices": matrices}[sys.argv[1]](*sys.argv[2:])
