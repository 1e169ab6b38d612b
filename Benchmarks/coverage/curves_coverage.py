"""Do the intervals of curves, levels and pairs hold a planted truth?

usage: curves_coverage.py --winnow PROGRAM [--histories 60] [--leads 4000] [--pair 0.7]

Each history has a curved number (some leads lack it), a straight one, a category of eight levels, and a pair of a
number and a category whose effect has no part of either alone; its size is --pair, in logits. The curve is a wave, a
step, a bend, or a walk of twelve steps of chance, in turn. Winnow fits
`--form pairs`, and every interval of the model file is held against the planted effect: of curves at their points, of
levels, and of cells of the pair that ten leads or more have, all counted from the average lead as the file does. Histories
take part with their number in the standard errors. Then, for `pairs`, the linear form and `--plain` (no penalty), how far the
logits of new leads are from their true ones, as the root of the mean square. No package beyond Python's own is needed."""
import argparse
import json
import math
import pathlib
import random
import subprocess
import tempfile

parser = argparse.ArgumentParser()
parser.add_argument("--winnow", required=True)
parser.add_argument("--histories", type=int, default=60)
parser.add_argument("--leads", type=int, default=4000)
parser.add_argument("--pair", type=float, default=0.7, help="the size of the planted pair, in logits")
arguments = parser.parse_args()

LEVELS = [f"level {k}" for k in range(8)]
EFFECTS = [0.9, -0.7, 0.4, -0.2, 0.0, 0.6, -1.1, 0.1]
SHAPES = ["wave", "step", "bend", "walk"]
KINDS = SHAPES + ["line", "levels", "missing", "pair"]
shape, walk = "wave", []


def curve(age):
    if shape == "wave":
        return 1.2 * math.sin(age / 9)
    if shape == "step":
        return 0.9 if age > 45.05 else -0.9
    if shape == "bend":
        return 0.06 * max(0, age - 50) - 0.5
    place = (age - 18) / 62 * (len(walk) - 1)
    left = min(len(walk) - 2, int(place))
    return walk[left] + (place - left) * (walk[left + 1] - walk[left])


def pair(size, plan):
    """Without a part of either alone: its mean over evenly spread sizes, and over the two plans, is 0."""
    return arguments.pair * math.cos(math.pi * size / 100) * (1 if plan == "basic" else -1)


def truth(age, spend, level, size, plan):
    return -0.8 + (0.5 if age is None else curve(age)) + 0.4 * spend + EFFECTS[level] + pair(size, plan)


def history(rng, path, missing=0.1):
    """Writes leads, and returns them: (age or None, spend, level, size, plan)."""
    leads = []
    with open(path, "w") as out:
        out.write("age,spend,source,size,plan,outcome\n")
        for _ in range(arguments.leads):
            age = None if rng.random() < missing else round(rng.uniform(18, 80), 1)
            spend, size = round(rng.gauss(0, 1), 2), round(rng.uniform(0, 100), 1)
            level, plan = min(7, int(8 * rng.random() ** 1.5)), rng.choice(["basic", "premium", "basic", "premium"])
            won = rng.random() < 1 / (1 + math.exp(-truth(age, spend, level, size, plan)))
            leads.append((age, spend, level, size, plan))
            out.write(f"{'' if age is None else age},{spend},{LEVELS[level]},{size},{plan},{'won' if won else 'lost'}\n")
    return leads


def mean(values):
    return sum(values) / len(values)


def truths(model, leads):
    """Yields (kind, estimate, standard error, truth)."""
    terms = {term["field"]: term for term in model["terms"]}
    ages = mean([0.5 if lead[0] is None else curve(lead[0]) for lead in leads])
    spends = mean([0.4 * lead[1] for lead in leads])
    sources = mean([EFFECTS[lead[2]] for lead in leads])
    yield "missing", terms["age"]["missing"]["coefficient"], terms["age"]["missing"]["standardError"], 0.5 - ages
    for name, effect, average, kind in (
            ("age", curve, ages, shape), ("spend", lambda x: 0.4 * x, spends, "line")):
        values = {v["value"] for v in terms[name].get("values") or []}
        places = sorted(lead[0 if name == "age" else 1] for lead in leads if lead[0] is not None)
        low, high = places[len(places) // 50], places[-len(places) // 50]
        for point in terms[name]["points"]:
            # Where a number is held level, and at values with an effect of their own, the point is not the effect.
            if low <= point["at"] <= high and point["at"] not in values:
                yield kind, point["coefficient"], point["standardError"], effect(point["at"]) - average
    for level in terms["source"]["levels"]:
        yield ("levels", level["coefficient"], level["standardError"],
               EFFECTS[LEVELS.index(level["level"])] - sources)
    for found in model.get("pairs", []):
        if {found["rows"]["field"], found["columns"]["field"]} != {"size", "plan"}:
            continue
        turned = found["rows"]["field"] == "plan"
        numbers, words = (found["columns"], found["rows"]) if turned else (found["rows"], found["columns"])
        cuts = [-math.inf] + numbers["cuts"] + [math.inf]
        plans = words.get("levels") or [words["falseWord"], words["trueWord"]]
        for i in range(len(cuts) - 1):
            for j, plan in enumerate(plans):
                a, b = (j, i) if turned else (i, j)
                if found["leads"][a][b] < 10:
                    continue
                inside = [pair(lead[3], plan) for lead in leads if cuts[i] < lead[3] <= cuts[i + 1] and lead[4] == plan]
                yield "pair", found["coefficients"][a][b], found["standardErrors"][a][b], mean(inside)


def distance(folder, path, form, leads, new):
    """The root of the mean squared distance of new leads' logits from the truth."""
    model = folder / "other.json"
    subprocess.run(
        [arguments.winnow, "train", path, "--model", model, *form, "--quiet"], check=True,
        stdout=subprocess.DEVNULL)
    rows = subprocess.run(
        [arguments.winnow, "score", new, "--model", model, "--format", "jsonl", "--reasons", "0", "--quiet"],
        check=True, capture_output=True, text=True).stdout.splitlines()
    return math.sqrt(mean([(json.loads(row)["logit"] - truth(*lead)) ** 2 for row, lead in zip(rows, leads)]))


FORMS = {
    "pairs": ["--form", "pairs", "--validation", "none"],
    "linear": ["--form", "linear", "--validation", "none"], "plain": ["--plain"]}
shares = {kind: [] for kind in KINDS + ["all"]}
distances = {form: [] for form in FORMS}
found = 0
with tempfile.TemporaryDirectory() as folder:
    for seed in range(arguments.histories):
        path, model = pathlib.Path(folder) / "history.csv", pathlib.Path(folder) / "model.json"
        shape = SHAPES[seed % len(SHAPES)]
        steps = random.Random(20_000 + seed)
        walk = [0.0]
        for _ in range(12):
            walk.append(walk[-1] + steps.gauss(0, 0.45))
        leads = history(random.Random(seed), path)
        subprocess.run(
            [arguments.winnow, "train", path, "--model", model, "--form", "pairs", "--validation", "none", "--quiet"],
            check=True, stdout=subprocess.DEVNULL)
        content = json.loads(model.read_text())
        found += any({p["rows"]["field"], p["columns"]["field"]} == {"size", "plan"} for p in content.get("pairs", []))
        # A plain fit knows no missing cells, so new leads have none.
        new = pathlib.Path(folder) / "new.csv"
        others = history(random.Random(10_000 + seed), new, missing=0)
        for form, words in FORMS.items():
            distances[form].append(distance(pathlib.Path(folder), path, words, others, new))
        hits = {kind: [] for kind in shares}
        for kind, estimate, error, planted in truths(content, leads):
            hit = abs(estimate - planted) <= 1.959964 * error
            hits[kind].append(hit)
            hits["all"].append(hit)
        for kind, own in hits.items():
            if own:
                shares[kind].append((mean(own), len(own)))

print(f"{arguments.histories} histories of {arguments.leads} leads; the pair was found in {found}")
print(f"{'':10}{'intervals':>10}{'held':>9}{'std. error':>12}")
for kind, own in shares.items():
    if own:
        values = [share for share, _ in own]
        spread = math.sqrt(sum((v - mean(values)) ** 2 for v in values) / max(1, len(values) - 1) / len(values))
        print(f"{kind:10}{sum(n for _, n in own):10}{100 * mean(values):8.1f} %{100 * spread:10.1f} %")
print("root mean square error of new leads' logits: " + ", ".join(
    f"{form} {mean(own):.3f}" for form, own in distances.items()))
