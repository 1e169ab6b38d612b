"""Reference evidence of pairs of columns, cell by cell in plain numpy: pair_screen.json.

For each pair R and W are the sums of residuals and curvatures by cell. Six times W * rowsum(R) / rowsum(W) is
taken out of R, then the same by columns. W~ = W (1 - W / rowsum) (1 - W / colsum), and the gain is the largest,
over some variances t, of 1/2 sum over cells [R^2 t / (1 + W~ t) - log(1 + W~ t)]."""
import json
import pathlib

import numpy as np


def gain(a, b, height, width, residuals, curvature):
    r, w = np.zeros((height, width)), np.zeros((height, width))
    for i in range(len(a)):
        r[a[i], b[i]] += residuals[i]
        w[a[i], b[i]] += curvature[i]
    rows, columns = w.sum(axis=1), w.sum(axis=0)
    for _ in range(6):
        for i in range(height):
            if rows[i] > 0:
                r[i] -= w[i] * r[i].sum() / rows[i]
        for j in range(width):
            if columns[j] > 0:
                r[:, j] -= w[:, j] * r[:, j].sum() / columns[j]
    best = -np.inf
    for t in [0.003, 0.01, 0.03, 0.1, 0.3, 1.0]:
        total = 0.0
        for i in range(height):
            for j in range(width):
                if w[i, j] > 0:
                    own = w[i, j] * (1 - w[i, j] / rows[i]) * (1 - w[i, j] / columns[j])
                    total += r[i, j] ** 2 * t / (1 + own * t) - np.log1p(own * t)
        best = max(best, 0.5 * total)
    return best


def case(name, rows, groups, strength, seed):
    rng = np.random.default_rng(seed)
    codes = [rng.integers(0, g, rows) for g in groups]
    # The last group of the first column is empty, and one of the second is a single cell.
    codes[0][codes[0] == groups[0] - 1] = 0
    codes[0][codes[1] == 0] = 1
    p = 1 / (1 + np.exp(-0.5 * rng.standard_normal(rows)))
    effect = strength * np.where((codes[0] < groups[0] // 2) == (codes[1] < groups[1] // 2), 1, -1)
    truth = 1 / (1 + np.exp(-np.log(p / (1 - p)) - effect))
    residuals = (rng.random(rows) < truth) - p
    curvature = p * (1 - p)
    pairs = [(i, j) for j in range(len(groups)) for i in range(j)]
    return dict(
        name=name, groupCounts=groups, codes=[c.tolist() for c in codes], residuals=residuals.tolist(),
        curvature=curvature.tolist(), pairs=pairs,
        gains=[gain(codes[i], codes[j], groups[i], groups[j], residuals, curvature) for i, j in pairs])


cases = [case("few rows, nothing there", 150, [4, 3, 6], 0, 1), case("a strong pair", 1200, [6, 9, 4, 13], 0.8, 2)]
path = pathlib.Path(__file__).with_name("pair_screen.json")
path.write_text(json.dumps({"source": "make_pair_screen.py, numpy " + np.__version__, "cases": cases}))
