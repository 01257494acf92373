"""The peers of dev.tandem.benchmarks.processes: what a pool of two processes does once it runs.

Prints its figures in one line when the workers are gone. What only takes its first seconds is in process_start.py.
"""

import os
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import Pool, get_context
from statistics import median

WORKERS = 2


def nothing() -> None:
    pass


def increment(i: int) -> int:
    return i + 1


def submits() -> dict[str, float]:
    tasks = 10_000

    def burst() -> float:
        begin = time.perf_counter()
        futures = [executor.submit(nothing) for _ in range(tasks)]
        for future in futures:
            future.result()
        return tasks / (time.perf_counter() - begin)

    with ProcessPoolExecutor(WORKERS) as executor:
        burst()
        return {"rate": median(burst() for _ in range(5))}


def maps() -> dict[str, float]:
    def rate(count: int, results: Callable[[range], Iterable[int]]) -> float:
        inputs = range(count)
        begin = time.perf_counter()
        total = sum(results(inputs))
        taken = time.perf_counter() - begin
        if total != sum(inputs) + count:
            raise AssertionError(f"wrong sum: {total}")
        return count / taken

    def rates(count: int, results: Callable[[range], Iterable[int]]) -> float:
        rate(count, results)
        return median(rate(count, results) for _ in range(5))

    figures = {}
    with Pool(WORKERS) as pool:
        figures["unordered"] = rates(20_000, lambda inputs: pool.imap_unordered(increment, inputs, chunksize=1))
        figures["pool"] = rates(200_000, lambda inputs: pool.map(increment, inputs, chunksize=100))
        pool.close()
        pool.join()
    with ProcessPoolExecutor(WORKERS) as executor:
        figures["executor"] = rates(200_000, lambda inputs: executor.map(increment, inputs, chunksize=100))
    return figures


def round_trips() -> dict[str, float]:
    def trip() -> float:
        begin = time.perf_counter()
        executor.submit(nothing).result()
        return (time.perf_counter() - begin) * 1e6

    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as executor:
        for _ in range(1_000):
            trip()
        trips = sorted(trip() for _ in range(10_000))
        return {"p50": trips[5_000], "p99": trips[9_900], "rss": resident(executor.submit(os.getpid).result())}


def resident(pid: int) -> float:
    with open(f"/proc/{pid}/status") as status:
        return next(float(line.split()[1]) * 1024 / 1e6 for line in status if line.startswith("VmRSS:"))


kept = b""


def last_byte(data: bytes) -> int:
    return data[-1]


def keep(size: int) -> None:
    """Makes the worker hold what it gives back later: making it is not what is measured."""
    global kept
    kept = os.urandom(size)


def give() -> bytes:
    return kept


def payloads() -> dict[str, float]:
    figures = {}
    for name, size, count in ("1m", 1 << 20, 200), ("64m", 64 << 20, 8):
        data = os.urandom(size)
        with ProcessPoolExecutor(WORKERS, initializer=keep, initargs=(size,)) as executor:

            def up() -> float:
                begin = time.perf_counter()
                executor.submit(last_byte, data).result()
                return size / 1e6 / (time.perf_counter() - begin)

            def down() -> float:
                begin = time.perf_counter()
                executor.submit(give).result()
                return size / 1e6 / (time.perf_counter() - begin)

            for direction in up, down:
                direction()
                direction()
                figures[f"{direction.__name__}_{name}"] = median(direction() for _ in range(count))
    return figures


@dataclass
class Order:
    number: int
    customer: str
    price: float
    placed: int


def echo(values: list[object]) -> list[object]:
    return values


def records() -> dict[str, float]:
    fields = [(i, f"customer {i}", i * 1.01, 1_700_000_000_000 + i) for i in range(10_000)]

    def trip(values: list[object]) -> float:
        begin = time.perf_counter()
        back = executor.submit(echo, values).result()
        taken = time.perf_counter() - begin
        if back != values:
            raise AssertionError("not an echo")
        return taken * 1e3

    figures = {}
    with ProcessPoolExecutor(WORKERS) as executor:
        for name, values in ("dataclass", [Order(*f) for f in fields]), ("tuple", fields):
            trip(values)
            figures[name] = median(trip(values) for _ in range(25))
    return figures


if __name__ == "__main__":
    chosen = {"submits": submits, "maps": maps, "roundTrips": round_trips, "payloads": payloads, "records": records}
    line = chosen[sys.argv[1]]()
    print(*(f"{name}={value:.6g}" for name, value in line.items()), flush=True)
