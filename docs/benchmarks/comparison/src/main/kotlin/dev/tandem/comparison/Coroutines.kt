package dev.tandem.comparison

import java.time.Duration
import java.util.concurrent.Executor
import java.util.concurrent.RejectedExecutionException
import java.util.concurrent.atomic.AtomicInteger
import kotlin.system.exitProcess
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineExceptionHandler
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.isActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.selects.select
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withPermit
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout

// The same situations as in Situations.java, for coroutines. They are cancelled, not interrupted: a
// stubborn child is one that blocks its thread, and the owner is cancelled through its job.

private const val PATIENCE_MILLIS = 10_000L
private const val ROUNDS = 10_000
private const val TASKS = 10_000

fun main() {
  observe("any, both throw an error") {
    outcome { any({ throw AssertionError("a") }, { throw AssertionError("b") }) }
  }
  observe("stack overflow under a timeout of 300 ms") {
    outcome { withTimeout(300.milliseconds) { overflow(0) } }
  }
  observe("stubborn loser") { stubbornLoser() }
  observe("failures after the first") { outcome { failuresAfterTheFirst() } }
  observe("limit of 8") { limit() }
  observe("limit of 8, early failure") { outcome { limitAndEarlyFailure() } }
  observe("failure and interrupt") { failureAndCancel() }
  observe("left without join") {
    outcome {
      coroutineScope {
        launch { delay(2.seconds) }
        Unit
      }
    }
  }
  observe("left by an exception") {
    outcome {
      coroutineScope {
        launch { delay(60.seconds) }
        throw IllegalStateException("body")
      }
    }
  }
  observe("fork in a fork") { forkInFork() }
  observe("fork while being cancelled") { forkWhileCancelled() }
  observe("no thread") { noThread() }
  observe("callback throws") { callbackThrows() }
  observe("complete, joined late") {
    outcome {
      withTimeout(100.milliseconds) {
        val child = async { 1 }
        child.join()
        Thread.sleep(200) // without a suspension, so nothing here can be cancelled
        child.await()
      }
    }
  }
  exitProcess(0) // what hangs is still there
}

/** There is no first success; this is what people write: a select over supervised children. */
private suspend fun any(vararg branches: suspend () -> Int): Int = supervisorScope {
  val left: MutableList<Deferred<Int>> =
    branches.map { branch -> async(Dispatchers.Default) { branch() } }.toMutableList()
  var first: Throwable? = null
  while (left.isNotEmpty()) {
    val done = select<Deferred<Int>> { left.forEach { child -> child.onJoin { child } } }
    left.remove(done)
    try {
      val result = done.await()
      left.forEach { it.cancel() }
      return@supervisorScope result
    } catch (e: Throwable) {
      first = first?.apply { addSuppressed(e) } ?: e
    }
  }
  throw first!!
}

private suspend fun stubbornLoser(): String = coroutineScope {
  val interrupts = AtomicInteger()
  var seen = ""
  val owner =
    launch(Dispatchers.Default) {
      seen = outcome {
        any(
          {
            delay(30.milliseconds)
            1
          },
          {
            interrupts.addAndGet(Situations.swallowInterruptsFor(Duration.ofMillis(400)))
            2
          },
        )
      }
      seen += "; owner's job " + if (isActive) "NOT cancelled" else "cancelled"
    }
  delay(150.milliseconds)
  owner.cancel()
  owner.join()
  "$seen; the loser saw ${interrupts.get()} interrupts"
}

private suspend fun failuresAfterTheFirst() {
  coroutineScope {
    launch {
      delay(20.milliseconds)
      throw IllegalStateException("E1")
    }
    launch {
      try {
        awaitCancellation()
      } catch (e: CancellationException) {
        throw IllegalStateException("E2")
      }
    }
    launch { awaitCancellation() }
  }
}

private suspend fun limit(): String {
  val running = AtomicInteger()
  val most = AtomicInteger()
  var inOrder = false
  val seen = outcome {
    val results = limited { i ->
      most.accumulateAndGet(running.incrementAndGet(), Math::max)
      Thread.yield()
      running.decrementAndGet()
      i
    }
    inOrder = results == results.sorted()
    "${results.size} results"
  }
  return "$seen, ${if (inOrder) "in" else "NOT in"} order; at most ${most.get()} ran"
}

private suspend fun limitAndEarlyFailure(): Int = limited { i ->
  when (i) {
    16 -> delay(60.seconds)
    17 -> throw IllegalStateException("E17")
  }
  i
}.size

private suspend fun limited(body: suspend (Int) -> Int): List<Int> {
  val permits = Semaphore(8)
  return coroutineScope {
    (0 until TASKS)
      .map { i -> async(Dispatchers.Default) { permits.withPermit { body(i) } } }
      .awaitAll()
  }
}

private suspend fun failureAndCancel(): String {
  var failed = 0
  var cancelled = 0
  var failureLost = 0
  var cancelLost = 0
  var neither = 0
  repeat(ROUNDS) {
    coroutineScope {
      val go = CompletableDeferred<Unit>()
      val owner =
        launch(Dispatchers.Default) {
          var thrown: Throwable? = null
          try {
            supervisorScope { // so that the failure ends here
              coroutineScope {
                launch {
                  go.complete(Unit)
                  Situations.spinABit()
                  throw IllegalStateException("E")
                }
              }
            }
          } catch (e: Throwable) {
            thrown = e
          }
          try {
            awaitCancellation() // it is on its way
          } catch (e: CancellationException) {
            cancelLost--
          }
          when (thrown) {
            null -> neither++
            is CancellationException -> {
              cancelled++
              if (thrown.suppressed.isEmpty()) failureLost++
            }
            else -> failed++
          }
          cancelLost++
        }
      launch(Dispatchers.Default) {
        go.await()
        owner.cancel()
      }
    }
  }
  return ("%,d rounds: %,d CancellationException (%,d of them without the failure), " +
      "%,d the failure, %,d neither; owner not cancelled in %,d")
    .format(ROUNDS, cancelled, failureLost, failed, neither, cancelLost)
}

private suspend fun forkInFork(): String {
  var ran = false
  val seen = outcome {
    coroutineScope {
      val scope: CoroutineScope = this
      launch { scope.launch { ran = true } }
      Unit
    }
  }
  return seen + if (ran) "; it ran" else "; it did NOT run"
}

private suspend fun forkWhileCancelled(): String {
  var ran = false
  val seen = outcome {
    coroutineScope {
      val scope: CoroutineScope = this
      launch {
        try {
          awaitCancellation()
        } finally {
          scope.launch { ran = true }
        }
      }
      launch {
        delay(20.milliseconds)
        throw IllegalStateException("E1")
      }
      Unit
    }
  }
  return seen + if (ran) "; the late fork ran" else "; the late fork did NOT run"
}

private suspend fun noThread(): String {
  var ran = false
  val refusing = Executor { throw RejectedExecutionException("no thread") }.asCoroutineDispatcher()
  val seen = outcome {
    coroutineScope {
      launch(refusing) { ran = true }
      Unit
    }
  }
  return seen + if (ran) "; the body ran" else "; the body did NOT run"
}

private suspend fun callbackThrows(): String {
  var handled: Throwable? = null
  val handler = CoroutineExceptionHandler { _, e -> handled = e }
  val seen = outcome {
    withContext(handler) {
      coroutineScope {
        val child = launch { delay(10.milliseconds) }
        child.invokeOnCompletion { throw IllegalStateException("callback") }
        Unit
      }
    }
  }
  return "$seen; exception handler got ${handled?.let { it::class.simpleName }}"
}

private fun overflow(depth: Int): Int = overflow(depth + 1) + 1

private suspend fun outcome(call: suspend () -> Any?): String {
  val start = System.nanoTime()
  val end =
    try {
      val result = call()
      if (result == null || result == Unit) "returned" else "returned $result"
    } catch (e: Throwable) {
      "threw " + Outcomes.text(e)
    }
  return "%s after %,d ms".format(end, (System.nanoTime() - start) / 1_000_000)
}

private fun observe(situation: String, body: suspend () -> String) {
  var seen = "NOT OVER after ${PATIENCE_MILLIS / 1000} s"
  val owner = Thread.ofPlatform().daemon().start { seen = runBlocking { body() } }
  owner.join(PATIENCE_MILLIS)
  println("Kotlin | $situation | $seen")
}
