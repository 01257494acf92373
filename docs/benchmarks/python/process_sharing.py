"""The peers of dev.tandem.benchmarks.sharing: what processes send to each other and share, with multiprocessing.

Each side in the fastest way that its documentation has: a Queue without a bound; of a Pipe the kind with one direction,
which is a pipe and not a pair of sockets, and bytes that need no pickle. Processes start as they do by default.
Prints its figures in one line when the processes are gone.
"""

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import Pipe, Process, Queue, Value
from multiprocessing.connection import Connection
from multiprocessing.managers import BaseManager
from multiprocessing.shared_memory import SharedMemory
from multiprocessing.sharedctypes import Synchronized
from statistics import median
from typing import Any

MESSAGES = 100_000
MESSAGE = bytes(64)
ORDERS = 50_000
INCREMENTS = 100_000
PAUSE_SECONDS = 0.001
PARKED_TRIPS = 500
SEGMENT = 64 << 20
SECONDS = 2


@contextmanager
def running(function: Callable[..., None], *arguments: object) -> Iterator[None]:
    process = Process(target=function, args=arguments)
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join()


def rate(count: int, batch: Callable[[], object]) -> float:
    """The median of the batches of two seconds and more, after a first one."""

    def timed() -> float:
        begin = time.perf_counter()
        batch()
        return count / (time.perf_counter() - begin)

    timed()
    return median(repeated(timed))


def middle(trip: Callable[[], float]) -> float:
    """The median trip of two seconds, in microseconds, after others."""
    for _ in range(1_000):
        trip()
    return median(repeated(trip)) * 1e6


def repeated(measured: Callable[[], float]) -> list[float]:
    figures = []
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        figures.append(measured())
    return figures


def send(put: Callable[[Any], None], elements: list[Any]) -> None:
    for element in elements:
        put(element)


def receive(get: Callable[[], Any], count: int) -> None:
    for _ in range(count):
        get()


def producer(begin: Connection, put: Callable[[Any], None], elements: list[Any]) -> None:
    while begin.recv_bytes():
        send(put, elements)


def consumer(done: Connection, get: Callable[[], Any], count: int) -> None:
    while True:
        receive(get, count)
        done.send_bytes(b"done")


Ends = tuple[Callable[[Any], None], Callable[[], Any]]


def queue() -> Ends:
    made: Queue[Any] = Queue()
    return made.put, made.get


def pipe() -> Ends:
    receiver, sender = Pipe(duplex=False)
    return sender.send_bytes, receiver.recv_bytes


def to_worker(ends: Ends, elements: list[Any]) -> float:
    put, get = ends
    is_done, done = Pipe(duplex=False)

    def batch() -> None:
        send(put, elements)
        is_done.recv_bytes()

    with running(consumer, done, get, len(elements)):
        return rate(len(elements), batch)


def to_parent(ends: Ends, elements: list[Any]) -> float:
    put, get = ends
    begins, begin = Pipe(duplex=False)

    def batch() -> None:
        begin.send_bytes(b"begin")
        receive(get, len(elements))

    with running(producer, begins, put, elements):
        return rate(len(elements), batch)


def between(ends: Ends, elements: list[Any]) -> float:
    put, get = ends
    begins, begin = Pipe(duplex=False)
    is_done, done = Pipe(duplex=False)

    def batch() -> None:
        begin.send_bytes(b"begin")
        is_done.recv_bytes()

    with running(producer, begins, put, elements), running(consumer, done, get, len(elements)):
        return rate(len(elements), batch)


def messages(direction: Callable[[Ends, list[Any]], float]) -> dict[str, float]:
    elements = [MESSAGE] * MESSAGES
    return {"queue": direction(queue(), elements), "pipe": direction(pipe(), elements)}


@dataclass
class Order:
    number: int
    customer: str
    price: float
    placed: int


def orders() -> dict[str, float]:
    fields = [(i, f"customer {i}", i * 1.01, 1_700_000_000_000 + i) for i in range(1_000)]
    repeats = ORDERS // len(fields)
    return {
        "dataclass": to_worker(queue(), [Order(*f) for f in fields] * repeats),
        "tuple": to_worker(queue(), fields * repeats),
    }


def echo(get: Callable[[], bytes], put: Callable[[bytes], None]) -> None:
    while True:
        put(get())


def late_echo(get: Callable[[], bytes], put: Callable[[bytes], None]) -> None:
    """Answers, when the other side has begun to wait, with how long it took to."""
    while True:
        get()
        begin = time.perf_counter_ns()
        time.sleep(PAUSE_SECONDS)
        put((time.perf_counter_ns() - begin).to_bytes(8, "big"))


def round_trips() -> dict[str, float]:
    (put_there, get_there), (put_back, get_back) = pipe(), pipe()

    def trip() -> float:
        begin = time.perf_counter()
        put_there(MESSAGE)
        get_back()
        return time.perf_counter() - begin

    def parked_trip() -> float:
        time.sleep(PAUSE_SECONDS)
        begin = time.perf_counter_ns()
        put_there(MESSAGE)
        answer = get_back()
        return (time.perf_counter_ns() - begin - int.from_bytes(answer, "big")) / 1e3

    with running(echo, get_there, put_back):
        busy = middle(trip)
    with running(late_echo, get_there, put_back):
        return {"busy": busy, "parked": median(parked_trip() for _ in range(PARKED_TRIPS))}


def first_byte(name: str) -> int:
    segment = SharedMemory(name)
    try:
        return segment.buf[0]
    finally:
        segment.close()


def segments() -> dict[str, float]:
    def handover() -> float:
        segment = SharedMemory(create=True, size=SEGMENT)
        try:
            segment.buf[0] = 42
            begin = time.perf_counter()
            first = executor.submit(first_byte, segment.name).result()
            taken = time.perf_counter() - begin
            if first != 42:
                raise AssertionError(f"another segment: {first}")
            return taken * 1e3
        finally:
            segment.close()
            segment.unlink()

    with ProcessPoolExecutor(1) as executor:
        for _ in range(100):
            handover()
        return {"segment": median(handover() for _ in range(500))}


def counting(begin: Connection, done: Connection, counter: "Synchronized[int]") -> None:
    """Counts as the documentation does, which takes the lock twice: a value has it, too."""
    while begin.recv_bytes():
        for _ in range(INCREMENTS):
            with counter.get_lock():
                counter.value += 1
        done.send_bytes(b"done")


def counting_inside(begin: Connection, done: Connection, counter: "Synchronized[int]") -> None:
    lock, number = counter.get_lock(), counter.get_obj()
    while begin.recv_bytes():
        for _ in range(INCREMENTS):
            with lock:
                number.value += 1
        done.send_bytes(b"done")


def increments() -> dict[str, float]:
    def by(processes: int, function: Callable[..., None]) -> float:
        counter = Value("q", 0)
        begins, dones = [], []

        def batch() -> None:
            before = counter.value
            for begin in begins:
                begin.send_bytes(b"begin")
            for done in dones:
                done.recv_bytes()
            if counter.value - before != processes * INCREMENTS:
                raise AssertionError(f"increments: {counter.value - before}")

        with ExitStack() as stack:
            for _ in range(processes):
                begun, begin = Pipe(duplex=False)
                is_done, done = Pipe(duplex=False)
                stack.enter_context(running(function, begun, done, counter))
                begins.append(begin)
                dones.append(is_done)
            return rate(processes * INCREMENTS, batch)

    return {"two": by(2, counting), "twoInside": by(2, counting_inside), "one": by(1, counting_inside)}


class Adder:
    def add(self, a: int, b: int) -> int:
        return a + b


class Manager(BaseManager):
    pass


Manager.register("Adder", Adder)


def calls() -> dict[str, float]:
    with Manager() as manager:
        adder = manager.Adder()

        def trip() -> float:
            begin = time.perf_counter()
            total = adder.add(1, 2)
            taken = time.perf_counter() - begin
            if total != 3:
                raise AssertionError(f"wrong sum: {total}")
            return taken

        return {"p50": middle(trip)}


if __name__ == "__main__":
    chosen: dict[str, Callable[[], dict[str, float]]] = {
        "toWorker": lambda: messages(to_worker),
        "between": lambda: messages(between),
        "toParent": lambda: messages(to_parent),
        "orders": orders,
        "roundTrips": round_trips,
        "segments": segments,
        "increments": increments,
        "calls": calls,
    }
    line = chosen[sys.argv[1]]()
    print(*(f"{name}={value:.6g}" for name, value in line.items()), flush=True)
