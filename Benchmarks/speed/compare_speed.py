#!/usr/bin/env python3
"""Times winnow and its peers in turn on the same leads, and checks that they found the same. See README.md."""
import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

import polars as pl

import fits
import report
from agreement import check_measures, check_same_bytes, check_scores, check_training
from timing import in_turn, median, run

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent.parent
PEER = [sys.executable, HERE / "peers.py"]
# In a large history names of companies repeat, and would be a category of 50,000 levels.
COLUMNS = ["--exclude", "company_name", "--quiet"]
LINEAR = [
    *COLUMNS, "--form", "linear", "--penalty", "1", "--validation", "none",
    "--tiers", "SQL=0.5,MQL=0.25"]


def build(name):
    """Builds a product in release and returns its path."""
    return Path(run(["sh", PACKAGE / "scripts" / "release.sh", name]).output.strip())


def subjects(output):
    """The lines of `measure` and of `Benchmarks`: seconds, then two numbers."""
    return {
        words[0]: list(map(float, words[1:])) for words in map(str.split, output.splitlines())}


def write_scores(history, scores, path):
    """Probabilities and outcomes of leads that have one."""
    known = pl.read_csv(history, columns=["lead_id", "outcome"]).join(
        pl.read_csv(scores, columns=["lead_id", "probability"]), on="lead_id", maintain_order="left")
    known.filter(pl.col("outcome") != "open").select(
        "probability", (pl.col("outcome") == "converted").cast(pl.Int8)).write_csv(path)


class Comparison:
    """The programs, the files they work on, and the lines that were found."""

    def __init__(self, options, folder):
        self.options, self.folder = options, Path(folder)
        self.winnow = options.winnow or build("winnow")
        self.measures = options.measures or build("Benchmarks")
        self.history, self.leads = self.simulate(options.rows)
        self.model, self.scores = self.folder / "model.json", self.folder / "scores.csv"

    def simulate(self, rows):
        """A history, and new leads of the same world."""
        history, leads = self.folder / f"history{rows}.csv", self.folder / f"leads{rows}.csv"
        command = [self.winnow, "simulate", "--rows", rows, "--seed", self.options.seed, "--quiet"]
        run(command + ["--output", history])
        run(command + ["--start-row", rows, "--no-outcome", "--output", leads])
        return history, leads

    def train(self, model, *arguments, history=None, threads=None):
        return run([
            self.winnow, "train", history or self.history, "--model", model, *arguments,
            "--threads", threads or self.options.threads])

    def score(self, output, reasons=0, leads=None, threads=None):
        return run([
            self.winnow, "score", leads or self.leads, "--model", self.model, "--quiet",
            "--reasons", reasons, "--output", output, "--threads", threads or self.options.threads])

    def processes(self):
        """Files to models and to scores, beside peers, and on one thread."""
        print("train", file=sys.stderr)
        fit, single, peer_scores = (self.folder / name for name in ("fit.json", "single", "peer_scores.csv"))
        self.train(self.model, *LINEAR)
        self.logs = ",".join(
            term["field"] for term in json.loads(self.model.read_text())["terms"]
            if term.get("transform") == "log1p")
        training = in_turn(
            self.options.rounds, ours=lambda: self.train(self.model, *LINEAR),
            theirs=lambda: run([*PEER, "train", self.history, fit, self.logs]),
            everything=lambda: self.train(self.folder / "everything.json", *COLUMNS),
            single=lambda: self.train(single, *LINEAR, "--name", "model", threads=1))
        check_training(json.loads(self.model.read_text()), json.loads(fit.read_text()))
        check_same_bytes(self.model, single, "model")

        print("score", file=sys.stderr)
        scoring = in_turn(
            self.options.rounds, ours=lambda: self.score(self.scores),
            theirs=lambda: run([*PEER, "score", self.leads, self.model, peer_scores]),
            reasons=lambda: self.score(self.folder / "reasons.csv", reasons=3),
            single=lambda: self.score(single, threads=1))
        check_scores(self.scores, peer_scores)
        check_same_bytes(self.scores, single, "scores")
        lines = report.table_of_processes([
            ("CSV to model, linear form", training["ours"], "polars + glum", training["theirs"]),
            ("CSV to model, everything on", training["everything"], "polars + glum, linear", training["theirs"]),
            ("CSV to probabilities and tiers", scoring["ours"], "polars", scoring["theirs"]),
            ("... and three reasons a lead", scoring["reasons"], "polars, no reasons", scoring["theirs"])])
        if self.options.threads > 1:
            lines += [""] + report.table_of_winnow(
                f"{self.options.threads} threads", "1 thread",
                [("train, linear form", training["ours"], training["single"]),
                 ("score", scoring["ours"], scoring["single"])])
        return lines

    def ten_times(self):
        """Time and memory of ten times the rows."""
        print("ten times the rows", file=sys.stderr)
        history, leads = self.simulate(10 * self.options.rows)
        large = self.folder / "large"
        turns = in_turn(
            (self.options.rounds + 1) // 2,
            train=lambda: self.train(self.model, *LINEAR), score=lambda: self.score(self.scores),
            large_train=lambda: self.train(large, *LINEAR, history=history),
            large_score=lambda: self.score(large, leads=leads))
        return report.table_of_winnow(
            f"{self.options.rows:,} rows", f"{10 * self.options.rows:,} rows",
            [("train, linear form", turns["train"], turns["large_train"]),
             ("score", turns["score"], turns["large_score"])])

    def fits(self):
        """Fits of matrices in memory."""
        print("fits", file=sys.stderr)
        found = []
        folder = self.folder / "mixed"
        folder.mkdir()
        run([*PEER, "matrices", self.history, folder, self.logs])
        subjects = [("mixed design of the history", "mixed", folder)]
        for columns in self.options.dense:
            folder = self.folder / f"dense{columns}"
            subjects.append((f"dense, {self.options.rows:,} x {columns}", "dense", folder))
        for title, kind, folder in subjects:
            if kind == "dense":
                folder.mkdir()
                fits.make_dense(folder, self.options.rows, int(folder.name.removeprefix("dense")))
            found.append(fits.compare(
                title, kind, folder, self.measures, self.options.threads, self.options.rounds))
            for file in folder.iterdir():
                file.unlink()
        return fits.table(found)

    def measures_of_scores(self):
        """DeLong's interval and the bootstrap, on scores in memory."""
        print("evaluate", file=sys.stderr)
        options, known = self.options, self.folder / "known.csv"
        self.score(self.scores, leads=self.history)
        write_scores(self.history, self.scores, known)
        turns = in_turn(
            options.rounds,
            ours=lambda: run([self.measures, "scores", options.draws, options.threads], stdin=known),
            theirs=lambda: run([*PEER, "measure", known, options.peer_draws]))
        ours, theirs = ([subjects(found.output) for found in turns[side]] for side in ("ours", "theirs"))
        check_measures(ours[0], theirs[0], min(options.draws, options.peer_draws))

        def seconds(runs, name, factor=1):
            return [found[name][0] * factor for found in runs]

        return report.table_of_measures([
            ("AUC with DeLong's interval", seconds(ours, "delong"), "SciPy", seconds(theirs, "delong")),
            (f"bootstrap of AUC and log loss, {options.draws:,} draws", seconds(ours, "bootstrap"),
             f"NumPy, from {options.peer_draws:,} draws",
             seconds(theirs, "bootstrap", options.draws / options.peer_draws))])

    def starts(self):
        turns = in_turn(
            max(20, self.options.rounds), help=lambda: run([self.winnow, "--help"]),
            version=lambda: run([self.winnow, "--version"]))
        return [
            f"- `winnow --{name}`: {1000 * median(r.wall for r in runs):.1f} ms, "
            f"{1000 * median(r.cpu for r in runs):.1f} ms of cpu" for name, runs in turns.items()]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="leads in the history")
    parser.add_argument("--rounds", type=int, default=5, help="rounds that count")
    parser.add_argument("--draws", type=int, default=2000, help="draws of the bootstrap")
    parser.add_argument(
        "--peer-draws", type=int, default=50,
        help="draws that the peer makes; its time is multiplied up to --draws")
    parser.add_argument(
        "--dense", type=int, nargs="*", default=[30, 200], help="columns of the dense matrices to fit")
    parser.add_argument("--tens", action="store_true", help="also ten times the rows, winnow alone")
    parser.add_argument("--seed", type=int, default=2026, help="the seed of the leads")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="winnow's threads")
    parser.add_argument("--winnow", type=Path, help="the program; built where it is not named")
    parser.add_argument("--measures", type=Path, help="the program `Benchmarks`; likewise")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        comparison = Comparison(options, folder)
        parts = [comparison.processes(), comparison.fits(), comparison.measures_of_scores()]
        if options.tens:
            parts.append(comparison.ten_times())
        parts.append(comparison.starts() + report.machine(comparison.winnow))
    print(f"{options.rows:,} leads, median of {options.rounds} rounds in turn")
    for part in parts:
        print("\n" + "\n".join(part))


if __name__ == "__main__":
    main()
