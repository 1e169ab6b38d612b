"""What winnow and its peers must agree on."""
import filecmp
import sys

import polars as pl


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


def check_measures(ours, theirs, draws):
    for name, tolerance in [("delong", 1e-9), ("bootstrap", 5 / (2 * draws) ** 0.5)]:
        pairs = list(zip(ours[name][1:], theirs[name][1:]))
        distance = max(abs(our / their - 1) for our, their in pairs)
        expect(distance < tolerance, f"{name} to {tolerance:.0e} (found {distance:.1e})")


def check_same_bytes(one, other, what):
    expect(filecmp.cmp(one, other, shallow=False), f"{what}: the same bytes with 1 and more threads")
