package dev.tandem.examples.kotlin

import dev.tandem.Tandem
import dev.tandem.core.SerializableCallable
import dev.tandem.core.SerializableRunnable
import dev.tandem.core.Task
import dev.tandem.queues.Select
import dev.tandem.structured.Parallel
import dev.tandem.structured.TaskScope
import java.io.Serializable
import java.util.concurrent.Callable
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test

// @start region="types"
data class Point(val x: Int, val y: Int) : Serializable

data class Report(val total: Pair<Colour, Int>, val shapes: List<Shape>) : Serializable

enum class Colour { RED, GREEN }

sealed interface Shape : Serializable

data class Circle(val radius: Int) : Shape

data object Blank : Shape {
  private fun readResolve(): Any = Blank // or a copy of it would come back
}

class Odd(number: Int) : Exception("$number is odd")
// @end

/** The snippets of kotlin.md. */
class KotlinSnippetsTest {
  private fun fetch(path: String) = "page of $path"

  @Test
  fun threads() {
    val paths = listOf("/a", "/b", "/c")
    // @start region="threads"
    Tandem.newThreadPool(4).use { pool ->
      val pages = pool.map(paths) { fetch(it) }.toList()
      assertThat(pages).containsExactly("page of /a", "page of /b", "page of /c")

      val length = pool.submit(Callable { fetch("/a").length }) // says that it has a result
      assertThat(length.get()).isEqualTo(10)
      pool.execute { fetch("/b") } // one functional type: a lambda is enough
    }
    // @end
  }

  @Test
  fun processes() {
    // @start region="processes"
    Tandem.newProcessPool(2) { it.withName("points").withMaxHeap(64L shl 20) }.use { pool ->
      val mirrored = pool.submit(SerializableCallable { Point(1, 2).let { Point(it.y, it.x) } })
      assertThat(mirrored.get()).isEqualTo(Point(2, 1))

      val named = pool.submit(Task.of("square", SerializableCallable { 7 * 7 }))
      assertThat(named.get()).isEqualTo(49)

      val squares = pool.map((1..5).toList()) { it * it }.toList()
      assertThat(squares).containsExactly(1, 4, 9, 16, 25)
    }
    // @end
  }

  @Test
  fun scopes() {
    // @start region="scopes"
    val offer =
        TaskScope.open<Any>().use { scope ->
          val user = scope.fork(Callable { fetch("/user") })
          val price = scope.fork("price", Callable { 42 })
          scope.join() // throws when one fails; the other is stopped
          user.get() + " costs " + price.get()
        }
    assertThat(offer).isEqualTo("page of /user costs 42")

    val both = Parallel.all(Callable { 1 }, Callable { 2 })
    assertThat(both).containsExactly(1, 2)
    // @end
  }

  @Test
  fun channels() {
    // @start region="channels"
    val pages = Tandem.newChannel<String>(10)
    Tandem.newVirtualThreadExecutor().use { net ->
      val fetching =
          net.submit(pages.producer { out -> listOf("/a", "/b").forEach { out.put(fetch(it)) } })
      val seen = mutableListOf<String>()
      for (page in pages) { // ends when the producer is done, throws if it failed
        seen += page
      }
      fetching.get()
      assertThat(seen).containsExactly("page of /a", "page of /b")
    }
    // @end
  }

  @Test
  fun select() {
    val words = Tandem.newChannel<String>(1)
    val numbers = Tandem.newChannel<Int>(1)
    numbers.put(7)
    // @start region="select"
    val what: String =
        Select.select(words.onTake { "the word $it" }, numbers.onTake { "the number $it" })
    assertThat(what).isEqualTo("the number 7")
    // @end
  }

  @Test
  fun whatIsKotlinsOwn() {
    // @start region="values"
    Tandem.newProcessPool(1).use { pool ->
      val parts = pool.submit(SerializableCallable { Report(Colour.GREEN to 7, listOf(Circle(3), Blank)) })
      val (total, shapes) = parts.get() // Pair, enum, sealed interface, data object
      assertThat(total).isEqualTo(Colour.GREEN to 7)
      assertThat(shapes.last()).isSameAs(Blank)

      assertThatThrownBy { pool.submit(SerializableRunnable { throw Odd(3) }).get() }
          .hasCauseInstanceOf(Odd::class.java) // as it was thrown
    }
    // @end
  }

  @Test
  fun aVariableIsNotShared() {
    // @start region="var"
    Tandem.newProcessPool(1).use { pool ->
      var seen = 0
      assertThatThrownBy { pool.submit(SerializableCallable { ++seen }).get() }
          .hasMessageContaining("it holds a `var` outside the lambda: capture a `val`")
      assertThat(seen).isZero()

      val before = seen // the worker gets a copy, and returns the new value
      seen = pool.submit(SerializableCallable { before + 1 }).get()
      assertThat(seen).isEqualTo(1)
    }
    // @end
  }
}
