"""Measures calls and programs in processor seconds: medians of rounds in which all take their turn.

Seconds by the clock are the least of the rounds: what else the machine does can only add to them.
"""

import gc
import os
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Cost:
    """What a program cost: processor seconds of all its processes, seconds by the clock, largest process in MB."""

    cpu: float
    wall: float
    peak: float


def program(call: list[str], folder: Path) -> Cost:
    """Run a program and return what it cost.

    Raises:
        SystemExit: It failed; a benchmark of something that fails says nothing.
    """
    began = time.perf_counter()
    with subprocess.Popen(call, cwd=folder, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(call)} failed with {process.returncode}")
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - began, used.ru_maxrss / 1024)


def programs(calls: Mapping[str, Callable[[], Cost]], rounds: int) -> dict[str, Cost]:
    """Return the cost of each, after `rounds` in which each was run once."""
    costs: dict[str, list[Cost]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            costs[name].append(call())
    return {name: _median(found) for name, found in costs.items()}


def _median(found: list[Cost]) -> Cost:
    cpu, peak = median(cost.cpu for cost in found), max(cost.peak for cost in found)
    return Cost(cpu, min(cost.wall for cost in found), peak)


def calls(named: Mapping[str, Callable[[], object]], rounds: int, warm: bool = True) -> dict[str, float]:
    """Return the median processor seconds of each, in this process, with `warm` after one round that does not count."""
    spent: dict[str, list[float]] = {name: [] for name in named}
    for number in range(rounds + warm):
        for name, call in named.items():
            gc.collect()
            began = time.process_time()
            call()
            if number >= warm:
                spent[name].append(time.process_time() - began)
    return {name: median(found) for name, found in spent.items()}


def row(work: str, spent: float | str, ratio: str = "", aim: str = "") -> None:
    """Print a row of the table: seconds, or a word where nothing was measured."""
    told = spent if isinstance(spent, str) else f"{spent:,.2f} s" if spent >= 10 else f"{spent * 1000:,.1f} ms"
    print(f"| {work} | {told} | {ratio} | {aim} |", flush=True)
