"""The peers of dev.tandem.benchmarks.executors.TripLatencies and TaskCosts: ProcessPoolExecutor with two workers.

Prints the points of one curve in one line, `x=y x=y`. The second argument is about how many milliseconds go into a
point, as for the Java programs.
"""

import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from statistics import median

WORKERS = 2
MICROS = 1, 10, 100, 1_000, 10_000, 100_000
FEWEST_TASKS, MOST_TASKS = 8, 20_000
ONE_OF = 2, 4, 10, 20, 100, 1_000, 10_000
FEWEST_BEYOND = 5
LATENCY_POINTS = 8


def nothing() -> None:
    pass


def round_trips(point_millis: int) -> dict[int, float]:
    """A time in microseconds for each x: one trip of x took longer."""
    with ProcessPoolExecutor(WORKERS) as executor:

        def times(seconds: float) -> list[float]:
            result = []
            end = time.perf_counter() + seconds
            while (begin := time.perf_counter()) < end:
                executor.submit(nothing).result()
                result.append((time.perf_counter() - begin) * 1e6)
            return result

        times(point_millis / 1e3)
        trips = sorted(times(LATENCY_POINTS * point_millis / 1e3))
    return {n: trips[len(trips) - len(trips) // n - 1] for n in ONE_OF if len(trips) // n >= FEWEST_BEYOND}


def burn(steps: int) -> int:
    x = 0x9E3779B9
    for _ in range(steps):
        x = (x * 1_103_515_245 + 12_345) & 0xFFFFFFFF
    return x


def steps_per_micro() -> float:
    def one() -> float:
        begin = time.perf_counter()
        burn(2_000)
        return (time.perf_counter() - begin) * 1e6

    return 2_000 / min(one() for _ in range(50))


def costs(point_millis: int, run: Callable[[int, int], None]) -> dict[int, float]:
    """The microseconds that a task takes for each x, where x microseconds are to be computed."""
    rate = steps_per_micro()
    result = {}
    for micros in MICROS:
        tasks = max(FEWEST_TASKS, min(point_millis * 1_000 // micros, MOST_TASKS // (10 if micros < 100 else 1)))
        steps = round(rate * micros)

        def per_task() -> float:
            begin = time.perf_counter()
            run(tasks, steps)
            return (time.perf_counter() - begin) * 1e6 / tasks

        result[micros] = median([per_task() for _ in range(4)][1:])
    return result


def submit_costs(point_millis: int) -> dict[int, float]:
    def run(tasks: int, steps: int) -> None:
        for future in [executor.submit(burn, steps) for _ in range(tasks)]:
            future.result()

    with ProcessPoolExecutor(WORKERS) as executor:
        return costs(point_millis, run)


def map_costs(point_millis: int) -> dict[int, float]:
    """Python chooses no chunks. A fiftieth of a worker's share: few messages, and the last chunks are small."""

    def run(tasks: int, steps: int) -> None:
        chunk = max(1, tasks // WORKERS // 50)
        for _ in executor.map(burn, [steps] * tasks, chunksize=chunk):
            pass

    with ProcessPoolExecutor(WORKERS) as executor:
        return costs(point_millis, run)


if __name__ == "__main__":
    curves = {"roundTrips": round_trips, "submitCosts": submit_costs, "mapCosts": map_costs}
    points = curves[sys.argv[1]](int(sys.argv[2]))
    print(*(f"{x}={y:.6g}" for x, y in points.items()), flush=True)
