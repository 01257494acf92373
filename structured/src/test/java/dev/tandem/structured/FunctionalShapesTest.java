package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.SerializableCallable;
import dev.tandem.core.SerializableFunction;
import dev.tandem.core.SerializableRunnable;
import dev.tandem.core.ThrowingFunction;
import dev.tandem.core.ThrowingRunnable;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What users write as a body compiles and means what it looks like: no call is ambiguous, with or
/// without a result, with or without a checked exception, whatever it captures.
@SuppressWarnings("UnnecessaryLambda") // the shapes are what is tested
class FunctionalShapesTest {
  @TempDir Path directory;
  private final AtomicInteger calls = new AtomicInteger();

  /// Not serializable, and neither is what captures it.
  private final Object notSerializable = new Object();

  private String load() throws IOException {
    calls.incrementAndGet();
    return Files.readString(directory.resolve("page"));
  }

  private void save() throws IOException {
    calls.incrementAndGet();
    Files.writeString(directory.resolve("page"), "saved");
  }

  private int count() {
    return calls.incrementAndGet();
  }

  private void touch() {
    calls.incrementAndGet();
  }

  private static int length(String text) throws IOException {
    if (text.isEmpty()) {
      throw new IOException("empty");
    }
    return text.length();
  }

  @Test
  void bodiesWithoutAResult() throws Exception {
    Path path = Files.createFile(directory.resolve("old"));
    try (var scope = TaskScope.open()) {
      scope.fork(() -> Files.delete(path)); // neither is serializable: the path, and the exception
      scope.fork(this::save);
      scope.fork(this::touch);
      scope.fork(() -> touch());
      scope.fork(() -> {});
      scope.fork(() -> {
        save();
      });
      scope.fork("named", () -> touch());
      scope.fork("named", this::save);
      scope.fork(
          "named",
          () -> {
            save();
          });
      Subtask<?> handle = scope.fork(() -> touch());
      scope.join();
      assertThat(handle.get()).isNull();
    }
    assertThat(path).doesNotExist();
    assertThat(calls).hasValue(8);
  }

  @Test
  void bodiesWithAResult() throws Exception {
    save();
    try (var scope = TaskScope.open()) {
      Subtask<String> text = scope.fork(this::load);
      Subtask<String> sameText = scope.fork(() -> load());
      Subtask<Integer> number = scope.fork(this::count);
      Subtask<Integer> block =
          scope.fork(() -> {
            int n = count();
            return n;
          });
      Subtask<Integer> hash = scope.fork(notSerializable::hashCode);
      Subtask<Object> made = scope.fork(Object::new);
      Subtask<String> named = scope.fork("named", this::load);
      Subtask<String> namedLambda = scope.fork("named", () -> load());
      var inferred = scope.fork(() -> "text");
      scope.join();
      assertThat(List.of(text.get(), sameText.get(), named.get(), namedLambda.get()))
          .containsOnly("saved");
      assertThat(number.get() + block.get()).isGreaterThan(2);
      assertThat(hash.get()).isEqualTo(notSerializable.hashCode());
      assertThat(made.get()).isNotNull();
      assertThat(inferred.get().length()).isEqualTo(4);
    }
  }

  @Test
  void aBodyThatOnlyThrows() throws Exception {
    try (var scope = TaskScope.open(Joiner.<String>allUntil(_ -> false))) {
      Subtask<String> thrown =
          scope.fork(() -> {
            throw new IOException("the body's own");
          });
      scope.join();
      assertThat(thrown.exception()).isExactlyInstanceOf(IOException.class);
    }
  }

  @Test
  void bodiesInVariables() throws Exception {
    Callable<String> callable = () -> "callable";
    Runnable runnable = this::touch;
    ThrowingRunnable throwing = this::save;
    SerializableRunnable serializable = () -> {};
    SerializableCallable<String> sendable = () -> "sendable";
    try (var scope = TaskScope.<String>open()) {
      Subtask<String> first = scope.fork(callable);
      scope.fork(runnable);
      scope.fork(throwing);
      scope.fork(serializable);
      Subtask<String> second = scope.fork(sendable);
      scope.fork("named", callable);
      scope.fork("named", throwing);
      scope.fork("named", serializable);
      scope.fork("named", sendable);
      scope.join();
      assertThat(first.get() + second.get()).isEqualTo("callablesendable");
    }
  }

  @Test
  void functionsOfParallelMap() throws Exception {
    ThrowingFunction<String, Integer> throwing = FunctionalShapesTest::length;
    SerializableFunction<String, Integer> serializable = FunctionalShapesTest::length;
    List<String> inputs = List.of("a", "bb");
    assertThat(Parallel.map(inputs, 2, throwing)).containsExactly(1, 2);
    assertThat(Parallel.map(inputs, 2, serializable)).containsExactly(1, 2);
    assertThat(Parallel.map(inputs, 2, FunctionalShapesTest::length)).containsExactly(1, 2);
    assertThat(Parallel.map(inputs, 2, s -> length(s))).containsExactly(1, 2);
    assertThat(Parallel.map(inputs.stream(), 2, s -> length(s))).containsExactly(1, 2);
    assertThat(Parallel.map(inputs.stream(), 2, String::length)).containsExactly(1, 2);
    assertThat(Parallel.map(Stream.of(1), 2, n -> notSerializable.hashCode() + n)).hasSize(1);
    assertThatThrownBy(() -> Parallel.map(List.of(""), 1, FunctionalShapesTest::length))
        .isExactlyInstanceOf(ExecutionException.class)
        .hasCauseExactlyInstanceOf(IOException.class);
  }

  @Test
  void tasksOfParallel() throws Exception {
    save();
    assertThat(Parallel.all(this::load, () -> "text")).containsExactly("saved", "text");
    assertThat(Parallel.<String>any(this::load)).isEqualTo("saved");
  }
}
