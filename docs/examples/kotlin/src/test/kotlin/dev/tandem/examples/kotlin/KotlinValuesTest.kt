package dev.tandem.examples.kotlin

import dev.tandem.Tandem
import dev.tandem.core.SerializableCallable
import dev.tandem.pools.ProcessPool
import java.util.concurrent.ExecutionException
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

@JvmInline value class Celsius(val degrees: Int) : java.io.Serializable

/** What of Kotlin's own can go to a worker process and back, and what is said of the rest. */
class KotlinValuesTest {
  @Test
  fun valuesOfTheStandardLibraryAndOfTheApplicationComeBackEqual() {
    val values =
        listOf<Any?>(
            listOf(1, 2), listOf(1), mutableListOf(1), arrayListOf(1), emptyList<Int>(),
            setOf(1, 2), emptySet<Int>(), mapOf(1 to "one"), mapOf(1 to 1, 2 to 2), emptyMap<Int, Int>(),
            buildList { add(1) }, buildSet { add(1) }, buildMap { put(1, 2) },
            1 to 2, Triple(1, "2", null), Result.success(3), 'c', null,
            Colour.RED, Circle(3), Blank, Point(1, 2), Celsius(3),
            Report(Colour.GREEN to 2, emptyList()))
    Tandem.newProcessPool(1).use { pool ->
      for (value in values) {
        assertThat(there(pool, value)).isEqualTo(value)
      }
      assertThat(there(pool, emptyList<Int>())).isSameAs(emptyList<Int>())
      assertThat((there(pool, Regex("a+")) as Regex).pattern).isEqualTo("a+")
    }
  }

  @Test
  fun whatCannotBeSentIsRefusedWithAdvice() {
    Tandem.newProcessPool(1).use { pool ->
      assertThat(refusal(pool, 1..3)).contains("kotlin.ranges.IntRange is not serializable: send its ends, or toList()")
      assertThat(refusal(pool, 1u)).contains("kotlin.UInt is not serializable: send the signed number")
      assertThat(refusal(pool, ArrayDeque(listOf(1)))).contains("kotlin.collections.ArrayDeque is not serializable: send a copy")
      assertThat(refusal(pool, Unit)).contains("a lambda without a result is a SerializableRunnable in Kotlin")
      val suspending: suspend () -> Int = { 42 }
      assertThat(refusal(pool, suspending)).contains("kotlin.coroutines.jvm.internal.SuspendLambda are refused")
    }
  }

  private fun there(pool: ProcessPool, value: Any?): Any? =
      pool.submit(SerializableCallable { listOf(value) }).get().single()

  private fun refusal(pool: ProcessPool, value: Any): String =
      try {
        "$value came back as ${there(pool, value)}"
      } catch (e: ExecutionException) {
        e.cause!!.message!!
      }
}
