"""The peer of dev.tandem.benchmarks.processes.Starts and Crashes: how long a pool needs until it gives its first result.

Imports nothing at the top that the pool does not need: each spawned worker imports this file again.
"""

import os
import signal
import sys
import time
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

WORKERS = 2


def nothing() -> None:
    pass


def hold(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def first_result(method: str) -> float:
    begin = time.perf_counter()
    executor = ProcessPoolExecutor(WORKERS, mp_context=get_context(method))
    executor.submit(nothing).result()
    taken = time.perf_counter() - begin
    executor.shutdown()
    return taken * 1e3


def started() -> dict[str, float]:
    cold = first_result("spawn")
    for _ in range(2):
        first_result("spawn")
    spawn, fork = [], []
    for _ in range(20):
        spawn.append(first_result("spawn"))
        fork.append(first_result("fork"))
    return {"cold": cold, "spawn": median(spawn), "fork": median(fork)}


def crashed() -> dict[str, float]:
    """Kills one of two busy workers, and takes the time until there is a worker for the next task."""
    return {"rebuilt": median([rebuilt() for _ in range(9)])}


def rebuilt() -> float:
    context = get_context("spawn")
    broken = ProcessPoolExecutor(WORKERS, mp_context=context)
    warm_up = [broken.submit(hold, 0.1) for _ in range(WORKERS)]
    victim = warm_up[0].result()
    warm_up[1].result()
    held: list[Future[int]] = [broken.submit(hold, 5) for _ in range(WORKERS)]
    time.sleep(0.02)  # until both hold
    begin = time.perf_counter()
    os.kill(victim, signal.SIGKILL)
    try:
        held[0].result()
        raise AssertionError("a broken pool gave a result")
    except BrokenProcessPool:
        executor = ProcessPoolExecutor(WORKERS, mp_context=context)
    executor.submit(nothing).result()
    taken = time.perf_counter() - begin
    executor.shutdown()
    broken.shutdown()
    return taken * 1e3


def median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


if __name__ == "__main__":
    figures = {"starts": started, "crashes": crashed}[sys.argv[1]]()
    print(*(f"{name}={value:.6g}" for name, value in figures.items()), flush=True)
