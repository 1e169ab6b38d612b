"""Splits of a file into two, byte for byte."""
from pathlib import Path

import numpy as np


def records(content: bytes) -> list[bytes]:
    """The records of a file with their line ends; a line end inside quotes does not end one.

    The last record gets the line end of the first if it has none; empty lines are left out.
    """
    found, pending = [], b""
    for line in content.split(b"\n"):
        pending += line + b"\n"
        if pending.count(b'"') % 2 == 0:
            found.append(pending)
            pending = b""
    if not content.endswith(b"\n"):
        found[-1] = found[-1].rstrip(b"\n") + found[0][len(found[0].rstrip(b"\r\n")):]
    return [record for record in found if record.strip(b"\r\n")]


def split(path: Path, has_header: bool, seed: int, train: Path, test: Path) -> None:
    """Writes 70 % of the rows, chosen by the seed, to `train` and the rest to `test`.

    Rows keep their bytes and their order; both files have the header, if there is one.
    """
    rows = records(path.read_bytes())
    header = [rows.pop(0)] if has_header else []
    chosen = np.zeros(len(rows), dtype=bool)
    order = np.random.default_rng(seed).permutation(len(rows))
    chosen[order[: round(0.7 * len(rows))]] = True
    train.write_bytes(b"".join(header + [row for row, is_in in zip(rows, chosen) if is_in]))
    test.write_bytes(b"".join(header + [row for row, is_in in zip(rows, chosen) if not is_in]))
