"""Starts commands for timing.py: a process of its own, and a small one.

Linux counts the memory of whoever started a process to that process's peak, and the benchmark itself holds large arrays.
A line of JSON a command comes in, a line of JSON goes out when it has ended.
"""
import json
import os
import subprocess
import sys
import time

for line in sys.stdin:
    request = json.loads(line)
    with open(request["input"] or os.devnull, "rb") as source, open(request["output"], "wb") as target:
        start = time.perf_counter()
        process = subprocess.Popen(
            request["command"], stdin=source, stdout=target,
            env={**os.environ, **request["environment"]})
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    # Linux counts kilobytes.
    print(json.dumps({
        "wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "megabytes": usage.ru_maxrss / 1000,
        "code": process.returncode}), flush=True)
