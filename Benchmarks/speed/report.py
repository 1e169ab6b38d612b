"""The tables, as Markdown."""
import os
import platform
from importlib.metadata import version
from pathlib import Path

from timing import median, ratio, run


def table_of_processes(rows):
    lines = [
        "| whole process | winnow s | cpu s | MB | peer | s | cpu s | MB | peer / winnow |",
        "|---|---:|---:|---:|---|---:|---:|---:|---:|"]
    for title, ours, peer, theirs in rows:
        def cells(runs):
            return (f"{median(r.wall for r in runs):.3f} | {median(r.cpu for r in runs):.3f} | "
                    f"{median(r.megabytes for r in runs):.0f}")
        factor = ratio([r.wall for r in ours], [r.wall for r in theirs])
        lines.append(f"| {title} | {cells(ours)} | {peer} | {cells(theirs)} | {factor:.1f} |")
    return lines


def table_of_measures(rows):
    lines = [
        "| scores in memory | winnow s | peer | s | peer / winnow |", "|---|---:|---|---:|---:|"]
    for title, ours, peer, theirs in rows:
        lines.append(
            f"| {title} | {median(ours):.4f} | {peer} | {median(theirs):.4f} | "
            f"{ratio(ours, theirs):.1f} |")
    return lines


def machine(winnow):
    """What the figures were taken with."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    processor = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
         if line.startswith("model name")), platform.processor())
    peers = ", ".join(f"{name} {version(name)}" for name in ("polars", "glum", "tabmat", "numpy", "scipy", "scikit-learn"))
    return [
        f"- {processor}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}; "
        f"load at the end {os.getloadavg()[0]:.1f}",
        *(f"- {line}" for line in run([winnow, "--version", "--verbose"]).output.splitlines()),
        f"- Python {platform.python_version()}, {peers}"]


def table_of_winnow(one, other, rows):
    """winnow beside itself."""
    lines = [
        f"| winnow | {one}, s | MB | {other}, s | MB | ratio of times |", "|---|---:|---:|---:|---:|---:|"]
    for title, ours, others in rows:
        def cells(runs):
            return f"{median(r.wall for r in runs):.3f} | {median(r.megabytes for r in runs):.0f}"
        factor = ratio([r.wall for r in ours], [r.wall for r in others])
        lines.append(f"| {title} | {cells(ours)} | {cells(others)} | {factor:.2f} |")
    return lines
