"""The same situations as in Situations.java, for Trio's nurseries.

Tasks are cancelled at a checkpoint, not interrupted: a stubborn one is shielded, and the owner is
cancelled through a cancel scope around it. Everything runs on one thread.
"""

import random
import time

import trio

ROUNDS = 10_000
TASKS = 10_000


class E(Exception):
    pass


async def first_success(*branches):
    """Trio has none; this is what people write."""
    results, errors = [], []

    async def run(branch, nursery):
        try:
            results.append(await branch())
            nursery.cancel_scope.cancel()
        except Exception as e:
            errors.append(e)

    async with trio.open_nursery() as nursery:
        for branch in branches:
            nursery.start_soon(run, branch, nursery)
    if results:
        return results[0]
    raise ExceptionGroup("all failed", errors)


async def limited(body):
    results = [None] * TASKS
    places = trio.CapacityLimiter(8)

    async def run(i):
        async with places:
            results[i] = await body(i)

    async with trio.open_nursery() as nursery:
        for i in range(TASKS):
            nursery.start_soon(run, i)
    return results


async def both_branches_throw():
    async def fail(name):
        raise AssertionError(name)

    return await outcome(
        lambda: first_success(lambda: fail("a"), lambda: fail("b"))
    )


async def stack_overflow_under_timeout():
    def overflow(depth):
        return overflow(depth + 1) + 1

    async def run():
        with trio.fail_after(0.3):
            overflow(0)

    return await outcome(run)


async def stubborn_loser():
    cancels = 0

    async def winner():
        await trio.sleep(0.03)
        return 1

    async def loser():
        nonlocal cancels
        with trio.CancelScope(shield=True):
            await trio.sleep(0.4)
        try:
            await trio.sleep(0)
        except trio.Cancelled:
            cancels += 1
            raise
        return 2

    results = []
    start = time.perf_counter()
    with trio.CancelScope() as around:

        async def canceller():
            await trio.sleep(0.15)
            around.cancel()

        async with trio.open_nursery() as others:
            others.start_soon(canceller)
            results.append(await first_success(winner, loser))
    seen = f"returned {results[0]}" if results else "threw Cancelled"
    took = (time.perf_counter() - start) * 1000
    cancelled = "cancelled" if around.cancel_called else "NOT cancelled"
    return f"{seen} after {took:.0f} ms; owner {cancelled}; the loser was cancelled {cancels} times"


async def failures_after_the_first():
    async def first():
        await trio.sleep(0.02)
        raise E("E1")

    async def second():
        try:
            await trio.sleep_forever()
        except trio.Cancelled:
            raise E("E2")

    async def run():
        async with trio.open_nursery() as nursery:
            nursery.start_soon(first)
            nursery.start_soon(second)
            nursery.start_soon(trio.sleep_forever)

    return await outcome(run)


async def limit():
    running = most = 0

    async def body(i):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await trio.sleep(0)
        running -= 1
        return i

    results = []

    async def run():
        results.extend(await limited(body))
        return f"{len(results)} results"

    seen = await outcome(run)
    order = "in" if results == sorted(results) else "NOT in"
    return f"{seen}, {order} order; at most {most} ran"


async def limit_and_early_failure():
    # places are given in the order of asking, but tasks start in any order
    async def body(i):
        if i == 16:
            await trio.sleep(60)
        elif i == 17:
            raise E("E17")
        await trio.sleep(0)
        return i

    return await outcome(lambda: limited(body))


async def failure_and_cancel():
    failed = lost = not_cancelled = neither = 0
    for _ in range(ROUNDS):
        go = trio.Event()
        thrown = None

        async def child():
            go.set()
            for _ in range(random.randrange(4)):
                await trio.lowlevel.cancel_shielded_checkpoint()
            raise E("E")

        async def canceller(scope):
            await go.wait()
            scope.cancel()

        async with trio.open_nursery() as others:
            try:
                with trio.CancelScope() as around:
                    others.start_soon(canceller, around)
                    async with trio.open_nursery() as nursery:
                        nursery.start_soon(child)
            except Exception as e:
                thrown = e
        if thrown:
            failed += 1
            not_cancelled += not around.cancel_called
        elif around.cancelled_caught:
            lost += 1
        else:
            neither += 1
    return (
        f"{ROUNDS:,} rounds: {lost:,} Cancelled without the failure, "
        f"{failed:,} the failure ({not_cancelled:,} of them not cancelled), {neither:,} neither"
    )


async def left_without_join():
    async def run():
        async with trio.open_nursery() as nursery:
            nursery.start_soon(trio.sleep, 2)

    return await outcome(run)


async def left_by_an_exception():
    async def run():
        async with trio.open_nursery() as nursery:
            nursery.start_soon(trio.sleep, 60)
            raise E("body")

    return await outcome(run)


async def fork_in_fork():
    ran = []

    async def inner():
        ran.append(True)

    async def run():
        async with trio.open_nursery() as nursery:

            async def outer():
                nursery.start_soon(inner)

            nursery.start_soon(outer)

    return await outcome(run) + ("; it ran" if ran else "; it did NOT run")


async def fork_while_cancelled():
    seen = []

    async def late():
        seen.append("its first step ran")
        await trio.sleep(0)
        seen.append("and its second")

    async def run():
        async with trio.open_nursery() as nursery:

            async def fail():
                raise E("E1")

            async def forker():
                try:
                    await trio.sleep_forever()
                finally:
                    nursery.start_soon(late)

            nursery.start_soon(forker)
            await trio.sleep(0.02)
            nursery.start_soon(fail)

    return await outcome(run) + "; " + (" ".join(seen) or "the late fork did NOT run")


async def complete_joined_late():
    async def child():
        pass

    async def run():
        with trio.fail_after(0.1):
            async with trio.open_nursery() as nursery:
                nursery.start_soon(child)
                await trio.sleep(0.01)
                time.sleep(0.2)
        return 1

    return await outcome(run)


def text(e):
    inner = ""
    if isinstance(e, BaseExceptionGroup):
        return f"{type(e).__name__} [{', '.join(map(text, e.exceptions))}]"
    if str(e) and not isinstance(e, RecursionError):
        inner = f' "{e}"'
    return type(e).__name__ + inner


async def outcome(call):
    start = time.perf_counter()
    try:
        result = await call()
        end = "returned" if result is None else f"returned {result}"
    except Exception as e:
        end = "threw " + text(e)
    return f"{end} after {(time.perf_counter() - start) * 1000:.0f} ms"


SITUATIONS = {
    "any, both throw an error": both_branches_throw,
    "stack overflow under a timeout of 300 ms": stack_overflow_under_timeout,
    "stubborn loser": stubborn_loser,
    "failures after the first": failures_after_the_first,
    "limit of 8": limit,
    "limit of 8, early failure": limit_and_early_failure,
    "failure and interrupt": failure_and_cancel,
    "left without join": left_without_join,
    "left by an exception": left_by_an_exception,
    "fork in a fork": fork_in_fork,
    "fork while being cancelled": fork_while_cancelled,
    "complete, joined late": complete_joined_late,
}

if __name__ == "__main__":
    for name, situation in SITUATIONS.items():
        # what Trio does since 0.25 unless told otherwise
        seen = trio.run(situation, strict_exception_groups=True)
        print(f"Trio {trio.__version__} | {name} | {seen}")
