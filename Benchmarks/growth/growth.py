#!/usr/bin/env python3
"""How time and memory of winnow grow with rows, coefficients, columns and levels. See README.md."""
import argparse
import json
import math
import os
import platform
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "speed"))

import data
from compare_speed import build
from timing import attempt, median, run

LINEAR = ["--form", "linear", "--penalty", "1", "--validation", "none"]
SUBJECTS = ["rows", "coefficients", "columns", "levels"]


class Growth:
    """The program, a folder for files, and what was found: (subject, case) -> size -> seconds of processor, megabytes, seconds."""

    def __init__(self, winnow, folder, rounds):
        self.winnow, self.folder, self.rounds, self.found = winnow, Path(folder), rounds, {}

    def measure(self, subject, case, size, command):
        """The medians of some runs of a command."""
        runs = [run(command) for _ in range(self.rounds)]
        cpu, memory, wall = (median(getattr(r, name) for r in runs) for name in ("cpu", "megabytes", "wall"))
        print(f"  {subject}, {case}, {size:,}: {wall:.2f} s, cpu {cpu:.2f} s, {memory:.0f} MB", file=sys.stderr)
        self.found.setdefault((subject, case), {})[size] = (cpu, memory, wall)

    def train(self, subject, case, size, history, *arguments):
        model = self.folder / "model.json"
        self.measure(
            subject, case, size,
            [self.winnow, "train", history, "--model", model, "--quiet", *arguments])
        return model

    def score(self, subject, size, leads, model):
        self.measure(
            subject, "score", size,
            [self.winnow, "score", leads, "--model", model, "--quiet", "--output", self.folder / "scores.csv"])

    def rows(self, sizes, most_forms):
        """Rows of a simulated history: the plain form, all the forms, and scoring."""
        for size in sizes:
            history = self.folder / "history.csv"
            run([self.winnow, "simulate", "--rows", size, "--seed", 1, "--output", history, "--quiet"])
            names = ["--exclude", "company_name"]
            if size <= most_forms:
                self.train("rows", "train, defaults", size, history, *names)
            model = self.train("rows", "train, linear form", size, history, *names, *LINEAR)
            self.score("rows", size, history, model)

    def coefficients(self, sizes, rows):
        """Coefficients: ten categories that share the levels, or one that has them all."""
        for size in sizes:
            for case, levels in [("ten categories", [size // 10] * 10), ("one category", [size])]:
                history = self.folder / "history.csv"
                data.write(history, rows, 5, levels)
                self.train("coefficients", case, size, history, *LINEAR)

    def columns(self, sizes, rows, most_forms):
        """Columns, half numbers and half categories of 5 levels, at the same number of rows."""
        for size in sizes:
            history = self.folder / "history.csv"
            data.write(history, rows, size // 2, [5] * (size - size // 2))
            model = self.train("columns", "train, linear form", size, history, *LINEAR)
            self.score("columns", size, history, model)
            if size <= most_forms:
                self.train("columns", "train, curves", size, history, "--form", "curves", "--validation", "none")

    def levels(self, sizes, leads):
        """Levels of one field, each with some leads."""
        for size in sizes:
            history = self.folder / "history.csv"
            data.write(history, leads * size, 2, [size])
            model = self.train("levels", "train, linear form", size, history, *LINEAR)
            self.score("levels", size, history, model)

    def limits(self, two, one):
        """What a person is told where a history asks for too much: many levels in two fields, or in one."""
        lines = []
        for title, levels, rows in [
                (f"two fields of {two:,} levels", [two, two], 12 * two),
                (f"one field of {one:,} levels", [one], one + one // 10)]:
            history, output = self.folder / "history.csv", self.folder / "words.txt"
            data.write(history, rows, 1, levels)
            found = attempt(
                ["sh", "-c", '"$@" 2>&1', "sh", self.winnow, "train", history, "--model",
                 self.folder / "model.json", "--quiet", *LINEAR])
            words = " ".join(found.output.split())[:400]
            lines.append(
                f"- {title}: exit code {found.code} after {found.wall:.1f} s, {found.megabytes:.0f} MB: {words}")
            print(lines[-1], file=sys.stderr)
        return lines


def exponents(points):
    """The slopes of processor time and memory over size, on logarithmic scales, between the two largest sizes."""
    sizes = sorted(points)
    if len(sizes) < 2:
        return None
    before, last = sizes[-2:]
    return tuple(
        math.log(points[last][k] / points[before][k]) / math.log(last / before) for k in (0, 1))


def table(found):
    lines = [
        "| subject | case | size | s | cpu s | MB | exponent of cpu | of MB |",
        "|---|---|---:|---:|---:|---:|---:|---:|"]
    for (subject, case), points in found.items():
        slopes = exponents(points)
        for size, (cpu, memory, wall) in sorted(points.items()):
            ends = " | ".join(f"{slope:.2f}" for slope in slopes) if slopes and size == max(points) else " | "
            lines.append(f"| {subject} | {case} | {size:,} | {wall:.2f} | {cpu:.2f} | {memory:.0f} | {ends} |")
    return lines


def picture(found, path):
    """Time and memory over size, a column a subject."""
    import matplotlib
    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "winnow", "svg.fonttype": "none"})
    import matplotlib.pyplot as plot
    subjects = [subject for subject in SUBJECTS if any(key[0] == subject for key in found)]
    figure, axes = plot.subplots(2, len(subjects), figsize=(3.4 * len(subjects), 6), squeeze=False)
    for column, subject in enumerate(subjects):
        for (other, case), points in found.items():
            if other != subject:
                continue
            sizes = sorted(points)
            for row in (0, 1):
                axes[row][column].loglog(
                    sizes, [points[size][row] for size in sizes], marker="o", markersize=4, label=case)
        axes[0][column].set_title(subject)
        axes[0][column].legend(fontsize=7)
        for row, label in enumerate(("seconds of processor", "MB")):
            axes[row][column].set_ylabel(label)
            axes[row][column].grid(alpha=0.3)
            axes[row][column].minorticks_off()
        axes[1][column].set_xlabel(subject)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, help="a folder for growth.svg and growth.json")
    parser.add_argument("--only", choices=SUBJECTS + ["limits"], nargs="*", help="some subjects alone")
    parser.add_argument("--small", action="store_true", help="sizes of seconds, to see that all runs")
    parser.add_argument("--tens", action="store_true", help="also 10 million rows")
    parser.add_argument("--rounds", type=int, default=1, help="runs of each command; the median counts")
    parser.add_argument("--winnow", type=Path, help="the program; built where it is not named")
    options = parser.parse_args()
    wanted = options.only or SUBJECTS + ["limits"]
    small, limits = options.small, []
    with tempfile.TemporaryDirectory() as folder:
        growth = Growth(options.winnow or build("winnow"), folder, options.rounds)
        if "rows" in wanted:
            sizes = [1000, 2000] if small else [10_000, 100_000, 1_000_000] + [10_000_000] * options.tens
            growth.rows(sizes, most_forms=sizes[1] if small else 1_000_000)
        if "coefficients" in wanted:
            growth.coefficients([100, 200] if small else [100, 1000, 10_000], 4000 if small else 200_000)
        if "columns" in wanted:
            growth.columns([10, 20] if small else [10, 100, 1000], 1000 if small else 20_000, 100)
        if "levels" in wanted:
            growth.levels([100, 200] if small else [1000, 10_000, 100_000], 15)
        if "limits" in wanted:
            limits = growth.limits(*((200, 2000) if small else (60_000, 1_000_000)))
        machine = run([growth.winnow, "--version", "--verbose"]).output.splitlines()
    print("\n".join(table(growth.found)))
    print("\n" + "\n".join(limits + [
        f"- {os.cpu_count()} cores, {platform.system()}, load at the end {os.getloadavg()[0]:.1f}",
        *(f"- {line}" for line in machine)]))
    if options.output:
        options.output.mkdir(parents=True, exist_ok=True)
        picture(growth.found, options.output / "growth.svg")
        (options.output / "growth.json").write_text(json.dumps(
            [[*key, points] for key, points in growth.found.items()], indent=1) + "\n")


if __name__ == "__main__":
    main()
