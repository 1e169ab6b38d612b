"""Winnow's linear and curves forms beside a reference implementation of the method, on fixed splits.

usage: compare_recipe.py --winnow PROGRAM --splits DIR --reference DIR --cache DIR [--split s0] [SET ...]

DIR of splits: <set>/<split>/{train,test}.csv with the columns row_id and target. DIR of the reference: recipe.py
(class Recipe) and common.py (load, typed, metrics). The reference runs without pairs, and once: its results stay in
the cache. For each set one line of log losses, then the agreement of curves with the reference: the mean difference
of probabilities, and the ratio of penalties term by term."""
import argparse
import csv
import json
import pathlib
import subprocess
import sys
import time

import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("--winnow")
parser.add_argument("--splits", required=True)
parser.add_argument("--reference", required=True)
parser.add_argument("--cache", required=True)
parser.add_argument("--split", default="s0")
parser.add_argument("--details", action="store_true", help="print penalties and knots of each term")
parser.add_argument("sets", nargs="*")
arguments = parser.parse_args()
sys.path.insert(0, arguments.reference)
import common  # noqa: E402
from recipe import Recipe  # noqa: E402

splits, cache = pathlib.Path(arguments.splits), pathlib.Path(arguments.cache)
cache.mkdir(parents=True, exist_ok=True)


def reference(name):
    path = cache / f"{name}-{arguments.split}.json"
    if not path.exists():
        train, test = common.load(str(splits), name, arguments.split)
        a, b, kinds = common.typed(train, test)
        started = time.time()
        recipe = Recipe(pairs=0).fit(a, train.target.astype(float).to_numpy(), kinds)
        terms = [
            dict(field=block.name[0], part=block.name[1], strength=strength[0], count=block.K)
            for block, strength in zip(recipe.blocks, recipe.lam)
        ]
        knots = {c: i["k"].tolist() for c, i in recipe.info.items() if i and "k" in i}
        path.write_text(json.dumps(dict(
            seconds=time.time() - started, terms=terms, knots=knots,
            probabilities=recipe.predict(b).tolist())))
    return json.loads(path.read_text())


def winnow(name, form):
    folder = splits / name / arguments.split
    model, scores = cache / f"{name}-{form}.json", cache / f"{name}-{form}.csv"
    started = time.time()
    subprocess.run(
        [arguments.winnow, "train", folder / "train.csv", "--model", model, "--outcome", "target",
         "--id", "row_id", "--form", form, "--validation", "none", "--quiet"],
        check=True, stdout=subprocess.DEVNULL)
    seconds = time.time() - started
    subprocess.run(
        [arguments.winnow, "score", folder / "test.csv", "--model", model, "--output", scores,
         "--quiet"], check=True, stdout=subprocess.DEVNULL)
    with open(scores) as lines:
        found = {int(row["row_id"]): float(row["probability"]) for row in csv.DictReader(lines)}
    return json.loads(model.read_text()), found, seconds


PARTS = {"line": "lin", "curve": "curve", "levels": "spikes", "missing": "miss"}
names = arguments.sets or sorted(p.name for p in splits.iterdir() if (p / arguments.split).exists())
print(f"{'set':12}{'linear':>9}{'curves':>9}{'reference':>10}{'|dp|':>9}"
      f"{'penalties within 5 %':>22}{'seconds':>9}")
sums = np.zeros(3)
for name in names:
    known = reference(name)
    if not arguments.winnow:
        continue
    _, test = common.load(str(splits), name, arguments.split)
    outcomes = test.target.astype(float).to_numpy()
    ids = test.row_id.astype(int).tolist()
    _, linear, _ = winnow(name, "linear")
    model, curves, seconds = winnow(name, "curves")
    expected = np.array(known["probabilities"])
    found = np.array([curves[i] for i in ids])
    losses = [common.metrics(outcomes, p)["logloss"] for p in (np.array([linear[i] for i in ids]), found, expected)]
    sums += losses
    oracle = {(t["field"], t["part"]): t["strength"] for t in known["terms"]}
    close = total = 0
    fields = {term["field"]: term for term in model["terms"]}
    for term in model["penalty"]["terms"]:
        part, field = PARTS.get(term["part"]), fields.get(term["field"])
        if part is None or field is None:
            continue  # words and entries, which the reference does not have
        other = oracle.get((term["field"], part)) or oracle.get((term["field"], "cat"))
        if other is None:
            continue
        if field["kind"] == "flag" and part == "lin":
            # One effect in place of two levels, whose difference has twice the variance; and one of 0 or 1
            # in place of a standardized number.
            share = field["trueLeads"] / (field["trueLeads"] + field["falseLeads"])
            other *= share * (1 - share) if field["trueWord"] == "1" else 0.5
        elif part == "curve":
            # A random walk from end to end has the same variance with more or fewer steps.
            known_knots = known["knots"][term["field"]]
            places = [p["at"] for p in field["points"]]
            ends = {field["lowest"], field["highest"]} - set(known_knots)
            other *= (len(places) - len(ends)) / len(known_knots)
        total += 1
        close += abs(term["strength"] / other - 1) < 0.05
        if arguments.details:
            print(f"  {term['field'][:30]:32}{term['part']:9}{term['strength']:12.4g}{other:12.4g}")
    if arguments.details:
        for term in model["terms"]:
            points = [p["at"] for p in term.get("points", [])]
            if points:
                shared = len(set(points) & set(known["knots"].get(term["field"], [])))
                print(f"  {term['field'][:30]:32}{len(points)} points, {shared} of the reference's "
                      f"{len(known['knots'].get(term['field'], []))} knots")
    print(f"{name:12}{losses[0]:9.4f}{losses[1]:9.4f}{losses[2]:10.4f}{abs(found - expected).mean():9.5f}"
          f"{f'{close} of {total}':>22}{seconds:9.1f}", flush=True)
if arguments.winnow:
    print(f"{'mean':12}" + "".join(f"{v:{w}.4f}" for v, w in zip(sums / len(names), (9, 9, 10))))
