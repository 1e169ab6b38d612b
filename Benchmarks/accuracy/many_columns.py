"""Is a model of many columns, most of which tell nothing, too sure of itself?

usage: many_columns.py --winnow PROGRAM [--columns 85] [--rate 0.06] [--sizes 1000,2000,5000,20000] [--active 0,3,5,10]
       [--seeds 3]

Makes up histories of numbers, small whole numbers and categories, a few of which have an effect, trains `--form pairs`
and scores 20,000 further leads. For each size and number of active columns one line: the calibration slope (1 is
right, below 1 too sure) as the mean over histories with its standard error, the median, and that of all histories'
predictions together; and the log loss beside that of the base rate. Of 1,000 leads 60 have the event: there the slopes
of single histories vary by 0.1 to 0.5, even with the active columns known, so ask for 10 or more. Needs numpy."""
import argparse
import csv
import pathlib
import subprocess
import tempfile

import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("--winnow", required=True)
parser.add_argument("--columns", type=int, default=85)
parser.add_argument("--rate", type=float, default=0.06)
parser.add_argument("--sizes", default="1000,2000,5000,20000")
parser.add_argument("--active", default="0,3,5,10")
parser.add_argument("--seeds", type=int, default=3)
arguments = parser.parse_args()
NEW = 20_000


def leads(rows, seed, active):
    """Columns by name, and outcomes."""
    rng = np.random.default_rng(seed)
    factors = rng.normal(size=(rows, 12))
    columns, eta = {}, np.zeros(rows)
    chosen = set(rng.choice(arguments.columns, active, replace=False))
    for c in range(arguments.columns):
        z = 0.5 * factors[:, c % 12] + 0.87 * rng.normal(size=rows)
        share = c / arguments.columns
        if share < 0.2:
            columns[f"number{c}"] = values = np.round(10 * z + 50, 2)
        elif share < 0.7:
            columns[f"count{c}"] = values = np.clip(np.round(1.5 * z + 3), 0, 9).astype(int)
        else:
            levels = rng.integers(3, 41)
            values = np.clip(((z + 3) / 6 * levels).astype(int), 0, levels - 1)
            columns[f"word{c}"] = np.array([f"w{v}" for v in values])
        if c in chosen and share < 0.7:
            eta += 0.4 * (values - values.mean()) / values.std()
        elif c in chosen:
            eta += 0.4 * rng.normal(size=levels)[values]
    low, high = -12.0, 6.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if (1 / (1 + np.exp(-eta - middle))).mean() > arguments.rate else (middle, high)
    return columns, (rng.uniform(size=rows) < 1 / (1 + np.exp(-eta - low))).astype(int)


def write(path, columns, outcomes, rows):
    with open(path, "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["row_id", "target", *columns])
        for row in rows:
            writer.writerow([row, outcomes[row], *(values[row] for values in columns.values())])


def slope(outcomes, probabilities):
    """The calibration slope, by Newton's method."""
    eta = np.log(probabilities / (1 - probabilities))
    design, b = np.column_stack([np.ones(len(eta)), eta]), np.array([0.0, 1.0])
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(design @ b, -30, 30)))
        step = np.linalg.solve(
            design.T @ (design * (p * (1 - p))[:, None]) + 1e-9 * np.eye(2), design.T @ (outcomes - p))
        b = b + step * min(1, 0.5 / max(abs(step).max(), 1e-12))
        if abs(step).max() < 1e-9:
            break
    return b[1]


print("| leads | active columns | calibration slope | standard error | median | together | log loss | ... by base rate |")
print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    history, new, model, scores = (folder / f for f in ("history.csv", "new.csv", "model.json", "scores.csv"))
    for size in map(int, arguments.sizes.split(",")):
        for active in map(int, arguments.active.split(",")):
            slopes, losses, bases, together = [], [], [], []
            for seed in range(arguments.seeds):
                columns, outcomes = leads(size + NEW, 100 * seed + active, active)
                write(history, columns, outcomes, range(size))
                write(new, columns, outcomes, range(size, size + NEW))
                subprocess.run(
                    [arguments.winnow, "train", history, "--model", model, "--outcome", "target", "--id", "row_id",
                     "--form", "pairs", "--validation", "none", "--quiet"], check=True, stdout=subprocess.DEVNULL)
                subprocess.run(
                    [arguments.winnow, "score", new, "--model", model, "--output", scores, "--quiet", "--reasons", "0"],
                    check=True)
                with open(scores) as lines:
                    p = np.clip([float(row["probability"]) for row in csv.DictReader(lines)], 1e-6, 1 - 1e-6)
                y, base = outcomes[size:], outcomes[:size].mean()
                slopes.append(slope(y, p))
                together.append((y, p))
                losses.append(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
                bases.append(-np.mean(y * np.log(base) + (1 - y) * np.log(1 - base)))
            error = np.std(slopes, ddof=1) / len(slopes) ** 0.5 if len(slopes) > 1 else float("nan")
            pooled = slope(*(np.concatenate(part) for part in zip(*together)))
            print(f"| {size:,} | {active} | {np.mean(slopes):.2f} | {error:.2f} | {np.median(slopes):.2f} | {pooled:.2f} "
                  f"| {np.mean(losses):.4f} | {np.mean(bases):.4f} |", flush=True)
