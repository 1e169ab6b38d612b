"""Reference fits with penalties set by evidence, in plain dense numpy: evidence.json.

The method is that of docs: Fellner and Schall's update with a Gamma prior worth a0 = 2 coefficients of the
guessed variance v0, up to eight updates on one quadratic model between Newton passes, all matrices dense.
Curves that may go one way only are found by bounded minimization over their steps, for given strengths."""
import json
import pathlib

import numpy as np
import scipy
from scipy.optimize import minimize

A0, FLOOR, LEVEL = 2.0, 1e-4, 0.1


def hats(x, knots):
    basis = np.zeros((len(x), len(knots)))
    for j in range(len(knots)):
        basis[:, j] = np.interp(x, knots, np.eye(len(knots))[j])
    basis[np.isnan(x)] = 0
    return basis


def squares(k):
    return np.eye(k)


def differences(k, edges=None):
    """The sum of squared differences along edges, those of a path if none are given."""
    matrix = np.zeros((k, k))
    for a, b in edges if edges is not None else [(j, j + 1) for j in range(k - 1)]:
        step = np.zeros(k)
        step[a], step[b] = -1, 1
        matrix += np.outer(step, step)
    return matrix


def fixed(k, penalties):
    """What is penalized besides: every square a little, and the mean of what only differences hold."""
    matrix = FLOOR * np.eye(k)
    if all(m[0].sum() == 0 for m, _ in penalties):
        matrix += np.ones((k, k)) / (LEVEL * k * k)
    return matrix


def fit(design, outcomes, terms):
    """Terms are (first column, column after the last, [(matrix, guess), ...])."""
    n, p = design.shape
    strengths = [np.array([1 / guess for _, guess in penalties]) for _, _, penalties in terms]
    coefficients = np.zeros(p)
    coefficients[0] = np.log(outcomes.mean() / (1 - outcomes.mean()))

    def penalty():
        s = np.zeros((p, p))
        for (first, last, penalties), own in zip(terms, strengths):
            s[first:last, first:last] = fixed(last - first, penalties)
            for (m, _), strength in zip(penalties, own):
                s[first:last, first:last] += strength * m
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
                    largest, new, s = 0, [own.copy() for own in strengths], penalty()
                    for i, (first, last, penalties) in enumerate(terms):
                        prior, part = np.linalg.inv(s[first:last, first:last]), b[first:last]
                        for j, (m, guess) in enumerate(penalties):
                            old = strengths[i][j]
                            free = np.trace(prior @ m) - np.trace(v[first:last, first:last] @ m)
                            gamma = old * max(free, 1e-12)
                            found = (gamma + A0) / (part @ m @ part + A0 * guess)
                            new[i][j] = np.clip(np.clip(found, 1e-3, 1e6), old / 20, old * 20)
                            largest = max(largest, abs(np.log(new[i][j] / old)) * min(1, gamma + 0.02))
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
        last - first - np.trace((v @ penalty())[first:last, first:last]) for first, last, _ in terms
    ]
    return dict(
        strengths=[own.tolist() for own in strengths], coefficients=coefficients.tolist(), passes=passes,
        effectiveParameters=effective, standardErrors=np.sqrt(np.diag(v)).tolist())


def monotone(design, outcomes, terms, strengths, curve, sign):
    """The fit under given strengths whose coefficients of `curve` never fall (sign 1) or rise (-1).

    The curve is its first coefficient and steps; bounded minimization finds which steps are 0, and Newton the
    rest to the last digits. That the losses would fall were a step of 0 turned the wrong way is checked."""
    n, p = design.shape
    s = np.zeros((p, p))
    for (first, last, penalties), own in zip(terms, strengths):
        s[first:last, first:last] = fixed(last - first, penalties)
        for (m, _), strength in zip(penalties, own):
            s[first:last, first:last] += strength * m
    first, last = curve
    turn = np.eye(p)
    turn[first:last, first:last] = np.tril(np.ones((last - first, last - first)))
    turn[first:last, first + 1:last] *= sign
    x, s = design @ turn, turn.T @ s @ turn
    held = np.arange(first + 1, last)

    def gradient(b):
        return x.T @ (1 / (1 + np.exp(-x @ b)) - outcomes) + s @ b

    def value(b):
        return np.logaddexp(0, x @ b).sum() - outcomes @ (x @ b) + 0.5 * b @ s @ b

    bounds = [(0, None) if first < j < last else (None, None) for j in range(p)]
    b = minimize(value, np.zeros(p), jac=gradient, bounds=bounds, method="L-BFGS-B",
                 options=dict(maxiter=100000, maxfun=100000, ftol=1e-15, gtol=1e-9)).x
    zero = [j for j in held if b[j] < 1e-6 and gradient(b)[j] > 0]
    free = np.array([j for j in range(p) if j not in zero])
    b[zero] = 0
    for _ in range(20):
        probability = 1 / (1 + np.exp(-x @ b))
        hessian = x.T @ (x * (probability * (1 - probability))[:, None]) + s
        b[free] -= np.linalg.solve(hessian[np.ix_(free, free)], gradient(b)[free])
    assert abs(gradient(b)[free]).max() < 1e-9 and (b[held] >= 0).all()
    assert len(zero) == 0 or gradient(b)[zero].min() > 0
    # Coefficients of equal neighbors are one: the free ones' share of the information is the trace.
    probability = 1 / (1 + np.exp(-x @ b))
    information = x.T @ (x * (probability * (1 - probability))[:, None])
    v = np.zeros((p, p))
    v[np.ix_(free, free)] = np.linalg.inv((information + s)[np.ix_(free, free)])
    share = turn @ v @ turn.T @ (design.T @ (design * (probability * (1 - probability))[:, None]))
    return dict(
        coefficients=(turn @ b).tolist(), ties=len(zero),
        effectiveParameters=[np.trace(share[f:l, f:l]) for f, l, _ in terms])


def case(name, rows, knots, levels, seed, table=None, bounded=False):
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
        (1, 2, [(squares(1), 0.1)]), (2, 3, [(squares(1), 0.1)]),
        (3, 3 + k, [(differences(k), 0.1 / k)]),
        (3 + k, 3 + k + levels, [(squares(levels), 0.1)]),
    ]
    extra = {}
    if table:
        # The cells of two numbers in few groups, of which the first's corner has no coefficient.
        height, width = table
        a, b = rng.integers(0, height, rows), rng.integers(0, width, rows)
        cell = a * width + b
        outcomes = (rng.random(rows) < 1 / (1 + np.exp(-eta - np.where((a < 2) == (b < 2), 0.9, -0.9)))).astype(float)
        edges = [(c, c + 1) for c in range(1, height * width - 1) if c % width < width - 1]
        edges += [(c, c + width) for c in range(1, (height - 1) * width)]
        edges = [(c - 1, d - 1) for c, d in edges]
        count, first = height * width - 1, design.shape[1]
        design = np.column_stack([design, (cell[:, None] == np.arange(1, count + 1)).astype(float)])
        terms.append((first, first + count, [(squares(count), 0.02), (differences(count, edges), 0.02)]))
        extra = dict(cells=dict(codes=cell.tolist(), count=count, edges=edges))
    if bounded:
        # Strengths that hold the curve little, so that it would turn often.
        strengths = [[5.0], [5.0], [2.0], [5.0]]
        extra = dict(
            fixedStrengths=strengths,
            up=monotone(design, outcomes, terms, strengths, (3, 3 + k), 1),
            down=monotone(design, outcomes, terms, strengths, (3, 3 + k), -1))
    return dict(
        **extra,
        name=name, line=line.tolist(), missing=missing.tolist(), knots=places.tolist(),
        values=[None if np.isnan(v) else v for v in x], codes=codes.tolist(), levels=levels,
        outcomes=outcomes.tolist(), **fit(design, outcomes, terms))


cases = [
    case("few leads", 120, 8, 4, 1, bounded=True), case("many leads", 1500, 30, 90, 2),
    case("a table of cells", 900, 10, 5, 3, table=(5, 4)),
    case("a curve that turns", 400, 14, 3, 4, bounded=True),
]
path = pathlib.Path(__file__).with_name("evidence.json")
path.write_text(json.dumps({"source": f"make_evidence.py, numpy {np.__version__}, scipy {scipy.__version__}", "cases": cases}))
