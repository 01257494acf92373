package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.tandem.Tandem;
import dev.tandem.core.SerializableFunction;
import dev.tandem.pools.RemoteTaskException;
import dev.tandem.pools.SharedLong;
import java.io.NotSerializableException;
import java.math.BigDecimal;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** The snippets of processes.md about what can be sent. */
class ProcessSendingSnippetsTest {
  // @start region="records"
  record Item(String name, int count, BigDecimal price) {}

  record Order(String customer, List<Item> items) {}

  static BigDecimal total(Order order) {
    return order.items().stream()
        .map(item -> item.price().multiply(BigDecimal.valueOf(item.count())))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  } // @end

  @Test
  void recordsAreSent() throws Exception {
    Order order = new Order("Ada", List.of(new Item("tea", 3, new BigDecimal("2.50"))));
    // @start region="send"
    try (var pool = Tandem.newProcessPool(2)) {
      var total = pool.submit(() -> total(order)); // the lambda goes with what it captures
      assertThat(total.get()).isEqualTo("7.50");
    }
    // @end
  }

  @Test
  void argumentsAreCopies() throws Exception {
    // @start region="copies"
    try (var pool = Tandem.newProcessPool(2)) {
      List<String> names = new ArrayList<>(List.of("Ada"));
      List<String> back =
          pool.submit(
                  () -> {
                    names.add("Alan"); // to the worker's copy
                    return names;
                  })
              .get();
      assertThat(back).containsExactly("Ada", "Alan");
      assertThat(names).containsExactly("Ada");
    }
    // @end
  }

  @Test
  void aFunctionFromElsewhere() {
    // @start region="function"
    SerializableFunction<String, Integer> length = line -> line.length(); // not Function
    try (var pool = Tandem.newProcessPool(2)) {
      assertThat(pool.map(List.of("a", "bb"), length)).containsExactly(1, 2);
    }
    // @end
  }

  @Test
  void whatIsMadeToBeSharedIsNotCopied() throws Exception {
    // @start region="made-to-be-shared"
    try (var pool = Tandem.newProcessPool(2)) {
      LongAdder words = new LongAdder();
      var refused = pool.submit(() -> words.add(3)); // to a copy?

      assertThatThrownBy(refused::get)
          .hasMessageContaining("use ProcessPool.newLong")
          .hasMessageContaining("withAllowed(\"java.util.concurrent.atomic.LongAdder\")");

      SharedLong shared = pool.newLong(0);
      pool.submit(() -> shared.getAndAdd(3)).get();
      assertThat(shared.get()).isEqualTo(3);
    }
    // @end
  }

  @Test
  void whatCannotBeSent() throws Exception {
    Socket socket = new Socket();
    // @start region="not-serializable"
    try (var pool = Tandem.newProcessPool(2)) {
      var impossible = pool.submit(() -> socket.isConnected());

      assertThatThrownBy(impossible::get) // at once: it never left
          .hasCauseInstanceOf(NotSerializableException.class)
          .hasMessageContaining("java.net.Socket");
    }
    // @end
  }

  @Test
  void whatIsNotAllowed() throws Exception {
    // @start region="refused"
    try (var pool = Tandem.newProcessPool(2)) {
      var foreign = pool.submit(() -> ImmutableList.of("a", "b")); // a class of Guava's

      assertThatThrownBy(foreign::get)
          .hasMessageContaining("is refused")
          .hasMessageContaining("withAllowed(\"com.google.common.collect.**\")");
    }
    // @end
  }

  @Test
  void whatIsAllowed() throws Exception {
    // @start region="allowed"
    try (var pool =
        Tandem.newProcessPool(2, cf -> cf.withAllowed("com.google.common.collect.**"))) {
      assertThat(pool.submit(() -> ImmutableList.of("a", "b")).get()).containsExactly("a", "b");
    }
    // @end
  }

  @Test
  void largeArrays() throws Exception {
    // @start region="arrays"
    byte[] image = new byte[1 << 20];
    try (var pool = Tandem.newProcessPool(2)) {
      byte[] inverted =
          pool.submit(
                  () -> {
                    for (int i = 0; i < image.length; i++) {
                      image[i] ^= (byte) 0xFF;
                    }
                    return image;
                  })
              .get(); // until here, do not write to `image`
      assertThat(inverted[0]).isEqualTo((byte) 0xFF);
    }
    // @end
    assertThat(Arrays.equals(image, new byte[1 << 20])).isTrue();
  }

  @Test
  void exceptionsArriveAsTheyAre() throws Exception {
    // @start region="exception"
    try (var pool = Tandem.newProcessPool(2)) {
      var failing =
          pool.submit(() -> {
            throw new ArithmeticException("no solution");
          });
      assertThatThrownBy(failing::get)
          .cause() // the same class, its message, and its stack in the worker
          .isInstanceOf(ArithmeticException.class)
          .hasMessage("no solution");
    }
    // @end
  }

  /** Has what cannot be sent. */
  static final class BrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // that is the point
    private final Object connection = new Object();

    BrokenException(String message) {
      super(message);
    }

    Object connection() {
      return connection;
    }
  }

  @Test
  void anExceptionThatCannotBeSent() throws Exception {
    // @start region="remote-task-exception"
    try (var pool = Tandem.newProcessPool(2)) {
      var failing =
          pool.submit(() -> {
            throw new BrokenException("lost"); // has a field that is not serializable
          });
      assertThatThrownBy(failing::get)
          .cause()
          .isInstanceOf(RemoteTaskException.class)
          .hasMessageContaining("BrokenException: lost");
    }
    // @end
  }
}
