package dev.tandem.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class SerializableRunnableTest {
  @Test
  void runRunsTheBody() {
    List<String> ran = new ArrayList<>();
    SerializableRunnable body = () -> ran.add("once");
    body.run();
    assertThat(ran).containsExactly("once");
  }

  @Test
  void uncheckedExceptionsAndErrorsPassRunAsTheyAre() {
    IllegalStateException exception = new IllegalStateException("no");
    AssertionError error = new AssertionError("no");
    assertThatThrownBy(throwing(exception)::run).isSameAs(exception);
    assertThatThrownBy(throwing(error)::run).isSameAs(error);
  }

  @Test
  void aCheckedExceptionIsTheCauseOfWhatRunThrows() {
    IOException exception = new IOException("disk full");
    assertThatThrownBy(throwing(exception)::run)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isSameAs(exception);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void anInterruptThatBecomesAnUncheckedExceptionLeavesTheFlagSet() {
    InterruptedException exception = new InterruptedException("stop");
    SerializableRunnable body = throwing(exception);
    assertThatThrownBy(body::run)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isSameAs(exception);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void runCheckedThrowsWhatTheBodyThrows() {
    InterruptedException exception = new InterruptedException("stop");
    assertThatThrownBy(throwing(exception)::runChecked).isSameAs(exception);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void lambdasOfTheFunctionalTypesSurviveSerialization() throws Exception {
    int captured = 40;
    SerializableCallable<Integer> callable = () -> captured + 2;
    SerializableFunction<Integer, Integer> function = n -> n + captured;
    SerializableRunnable runnable = throwing(new IOException("" + captured));
    SerializableConsumer<List<Integer>> consumer = list -> list.add(captured);

    assertThat(copy(callable).call()).isEqualTo(42);
    assertThat(copy(function).apply(2)).isEqualTo(42);
    assertThatThrownBy(copy(runnable)::runChecked).isInstanceOf(IOException.class).hasMessage("40");
    List<Integer> list = new ArrayList<>();
    copy(consumer).accept(list);
    assertThat(list).containsExactly(40);
  }

  private static SerializableRunnable throwing(Throwable throwable) {
    return () -> {
      if (throwable instanceof Error error) {
        throw error;
      }
      throw (Exception) throwable;
    };
  }

  @SuppressWarnings("unchecked") // a copy has the type of the original
  private static <T extends Serializable> T copy(T original) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(original);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }
}
