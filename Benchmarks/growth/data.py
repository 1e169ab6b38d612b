"""Histories of a given size in rows, columns and levels, from a seed; made with NumPy, written as CSV."""
import csv

import numpy as np


def write(path, rows, numbers, levels, seed=7):
    """A history of `numbers` numeric columns and a category for each of `levels`, which says how many levels it has.

    Every level has about as many leads; each column has an effect.
    """
    random = np.random.default_rng(seed)
    eta = np.full(rows, -1.0)
    columns = {"lead_id": np.char.add("L", np.arange(rows).astype(str))}
    for index in range(numbers):
        values = random.normal(size=rows).round(3)
        eta += random.normal(0, 0.5 / np.sqrt(max(numbers, 1))) * values
        columns[f"number_{index}"] = values.astype(str)
    for index, count in enumerate(levels):
        codes = random.permutation(np.arange(rows) % count)
        eta += random.normal(0, 0.5 / np.sqrt(len(levels)), count)[codes]
        columns[f"category_{index}"] = np.char.add(f"v{index}_", np.arange(count).astype(str))[codes]
    columns["outcome"] = np.where(random.random(rows) < 1 / (1 + np.exp(-eta)), "won", "lost")
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values()))
