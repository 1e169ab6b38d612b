"""Reference fits with penalties set by evidence, in plain dense numpy: evidence.json.

The method is that of docs: Fellner and Schall's update with a Gamma prior worth a0 = 2 coefficients of the
guessed variance v0, up to eight updates on one quadratic model between Newton passes, all matrices dense."""
import json
import pathlib

import numpy as np

A0, FLOOR = 2.0, 1e-4


def hats(x, knots):
    basis = np.zeros((len(x), len(knots)))
    for j in range(len(knots)):
        basis[:, j] = np.interp(x, knots, np.eye(len(knots))[j])
    basis[np.isnan(x)] = 0
    return basis


def fit(design, outcomes, terms):
    n, p = design.shape
    matrices = []
    for first, last, kind, _ in terms:
        k = last - first
        d = np.diff(np.eye(k), axis=0)
        matrices.append(np.eye(k) if kind == "squares" else d.T @ d)
    strengths = np.array([1 / t[3] for t in terms])
    coefficients = np.zeros(p)
    coefficients[0] = np.log(outcomes.mean() / (1 - outcomes.mean()))

    def penalty():
        s = np.zeros((p, p))
        for (first, last, _, _), m, strength in zip(terms, matrices, strengths):
            s[first:last, first:last] = strength * m + FLOOR * np.eye(last - first)
        return s

    def value(b):
        eta = design @ b
        return np.logaddexp(0, eta).sum() - outcomes @ eta + 0.5 * b @ penalty() @ b

    def newton(tolerance, update):
        nonlocal coefficients, strengths
        passes = 0
        while passes < 40:
            probability = 1 / (1 + np.exp(-design @ coefficients))
            information = design.T @ (design * (probability * (1 - probability))[:, None])
            pull = design.T @ (outcomes - probability)
            change = np.inf if update and passes == 0 else 0
            if update and passes > 0:
                right = information @ coefficients + pull
                for round in range(8):
                    hessian = information + penalty()
                    b, v = np.linalg.solve(hessian, right), np.linalg.inv(hessian)
                    largest, new = 0, strengths.copy()
                    for i, ((first, last, _, guess), m) in enumerate(zip(terms, matrices)):
                        own = strengths[i] * m + FLOOR * np.eye(last - first)
                        free = np.trace(np.linalg.inv(own) @ m) - np.trace(v[first:last, first:last] @ m)
                        gamma = strengths[i] * max(free, 1e-12)
                        part = b[first:last]
                        new[i] = (gamma + A0) / (part @ m @ part + A0 * guess)
                        new[i] = np.clip(np.clip(new[i], 1e-3, 1e6), strengths[i] / 20, strengths[i] * 20)
                        largest = max(largest, abs(np.log(new[i] / strengths[i])) * min(1, gamma + 0.02))
                    strengths = new
                    if round == 0:
                        change = largest
                    if largest < 0.05:
                        break
            passes += 1
            uphill = pull - penalty() @ coefficients
            direction = np.linalg.solve(information + penalty(), uphill)
            step, before = 1.0, value(coefficients)
            while value(coefficients + step * direction) > before + 1e-9 * abs(before) and step > 1e-4:
                step /= 2
            coefficients = coefficients + step * direction
            if uphill @ direction < tolerance and change < 0.3:
                return passes

    passes = newton(2.0, True)
    newton(1e-20, False)
    probability = 1 / (1 + np.exp(-design @ coefficients))
    information = design.T @ (design * (probability * (1 - probability))[:, None])
    v = np.linalg.inv(information + penalty())
    effective = [
        last - first - np.trace((v @ penalty())[first:last, first:last]) for first, last, _, _ in terms
    ]
    return dict(
        strengths=strengths.tolist(), coefficients=coefficients.tolist(), passes=passes,
        effectiveParameters=effective, standardErrors=np.sqrt(np.diag(v)).tolist())


def case(name, rows, knots, levels, seed):
    rng = np.random.default_rng(seed)
    x = np.round(rng.gamma(2, 2, rows), 3)
    x[rng.random(rows) < 0.1] = np.nan
    codes = rng.integers(0, levels + 1, rows)
    effects = np.concatenate([[0], 0.8 * rng.standard_normal(levels)])
    known = np.where(np.isnan(x), 0, x)
    eta = -0.4 + np.where(np.isnan(x), 0.7, np.sin(known)) + effects[codes]
    outcomes = (rng.random(rows) < 1 / (1 + np.exp(-eta))).astype(float)
    places = np.unique(np.round(np.nanquantile(x, np.linspace(0, 1, knots)), 2))
    line = np.where(np.isnan(x), 0, np.round((known - np.nanmean(x)) / np.nanstd(x), 6))
    missing = np.isnan(x).astype(float)
    curve = hats(x, places)
    text = (codes[:, None] == np.arange(1, levels + 1)).astype(float)
    design = np.column_stack([np.ones(rows), line, missing, curve, text])
    k = len(places)
    terms = [
        (1, 2, "squares", 0.1), (2, 3, "squares", 0.1), (3, 3 + k, "differences", 0.1 / k),
        (3 + k, 3 + k + levels, "squares", 0.1),
    ]
    return dict(
        name=name, line=line.tolist(), missing=missing.tolist(), knots=places.tolist(),
        values=[None if np.isnan(v) else v for v in x], codes=codes.tolist(), levels=levels,
        outcomes=outcomes.tolist(), **fit(design, outcomes, terms))


cases = [case("few leads", 120, 8, 4, 1), case("many leads", 1500, 30, 90, 2)]
path = pathlib.Path(__file__).with_name("evidence.json")
path.write_text(json.dumps({"source": "make_evidence.py, numpy " + np.__version__, "cases": cases}))
