package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Lists;
import dev.tandem.Tandem;
import dev.tandem.core.SerializableCallable;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Row 15a: exceptions whose own methods misbehave, and what exists in the worker only.
class ReportingTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  static class NullStack extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NullStack(String message) {
      super(message);
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      return null;
    }
  }

  static class CauseFails extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CauseFails(String message) {
      super(message);
    }

    @Override
    public synchronized Throwable getCause() {
      throw new AssertionError("no cause");
    }
  }

  static class MessageFails extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      return getMessage();
    }
  }

  static class ReadFails extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReadFails(String message) {
      super(message);
    }

    private void readObject(ObjectInputStream in) {
      throw new OutOfMemoryError("not really");
    }
  }

  private static int fail(RuntimeException e) {
    throw e;
  }

  @Test
  void exceptionWhoseMethodsMisbehaveArrivesAndTheWorkerLives() throws Exception {
    ProcessPool pool = probe.open(1);
    long pid = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);

    List<Future<Integer>> futures =
        List.of(
            probe.watch(pool.submit(() -> fail(new NullStack("mine")))),
            probe.watch(pool.submit(() -> fail(new CauseFails("mine")))),
            probe.watch(pool.submit(() -> fail(new ReadFails("mine")))),
            probe.watch(
                pool.submit(() -> fail(new IllegalStateException("mine", new MessageFails())))));

    for (Future<Integer> future : futures) {
      assertThat(Failures.cause(future)).hasMessageContaining("mine");
    }
    assertThat(pool.submit(Work::pid).get(20, TimeUnit.SECONDS)).isEqualTo(pid);
  }

  static class WriteFails implements Serializable {
    private static final long serialVersionUID = 1L;

    private void writeObject(ObjectOutputStream out) {
      throw new AssertionError("not to be written");
    }
  }

  @Test
  void errorWhileATaskIsEncodedFailsItsFuture() {
    ProcessPool pool = probe.open(1);
    WriteFails bad = new WriteFails();

    Future<String> argument = probe.watch(pool.submit(() -> bad.toString()));
    Future<WriteFails> result = probe.watch(pool.submit(() -> new WriteFails()));

    assertThat(Failures.cause(argument, NotSerializableException.class))
        .hasMessageContaining("AssertionError: not to be written");
    assertThat(Failures.cause(result, NotSerializableException.class))
        .hasMessageContaining("AssertionError: not to be written")
        .hasCauseInstanceOf(AssertionError.class);
  }

  private static Map<String, String> model() {
    return null;
  }

  @Test
  void messageThatTheJvmComputesIsThatOfTheWorker() {
    ProcessPool pool = probe.open(1);

    Future<String> future = probe.watch(pool.submit(() -> model().get("x")));

    assertThat(Failures.cause(future, NullPointerException.class))
        .hasMessageContaining("because the return value of")
        .hasMessageContaining("model()");
  }

  @Test
  void slicesOfAListAreBatches() throws Exception {
    ProcessPool pool = probe.open(2);
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, 100).boxed().toList());
    Map<String, Integer> counts = new HashMap<>(Map.of("a", 1, "b", 2));

    assertThat(pool.map(Lists.partition(numbers, 30), part -> part.size()))
        .containsExactly(30, 30, 30, 10);
    assertThat(pool.map(List.of(numbers.subList(5, 8), numbers.reversed()), part -> part))
        .containsExactly(numbers.subList(5, 8), numbers.reversed());
    assertThat(pool.map(counts.entrySet(), entry -> entry.getKey() + entry.getValue()))
        .containsExactlyInAnyOrder("a1", "b2");
    assertThat(pool.submit(() -> counts.keySet()).get(20, TimeUnit.SECONDS))
        .isEqualTo(counts.keySet());
  }

  @Test
  void adviceForStoredLambdasCanBeFollowed() throws Exception {
    ProcessPool pool = probe.open(1);
    Callable<Integer> stored = () -> 1;
    assertThat(Failures.cause(probe.watch(pool.submit(stored))))
        .hasMessageContaining("SerializableCallable");
    for (Future<Integer> future : pool.invokeAll(List.<Callable<Integer>>of(() -> 1, () -> 2))) {
      assertThat(Failures.cause(future)).hasMessageContaining("SerializableCallable");
    }

    SerializableCallable<Integer> followed = () -> 1;
    assertThat(pool.submit(followed).get(20, TimeUnit.SECONDS)).isEqualTo(1);
    List<SerializableCallable<Integer>> list = List.of(() -> 1, () -> 2);
    List<Integer> results = new ArrayList<>();
    for (Future<Integer> future : pool.invokeAll(list)) {
      results.add(future.get(20, TimeUnit.SECONDS));
    }
    assertThat(results).containsExactly(1, 2);
  }

  /// An application whose pool is in a static field of the class whose lambdas are sent.
  static final class Application {
    private static final ProcessPool POOL = Tandem.newProcessPool(1);

    private Application() {}

    public static void main(String[] args) throws Exception {
      try (ProcessPool pool = POOL) {
        Future<Integer> future = pool.submit(() -> 42);
        try {
          System.out.println("arrived " + future.get());
        } catch (java.util.concurrent.ExecutionException e) {
          Throwable bottom = e;
          while (bottom.getCause() != null) {
            bottom = bottom.getCause();
          }
          System.out.println("refused " + e.getCause().getMessage().replace('\n', ' '));
          System.out.println("because " + bottom.getClass().getName());
        }
      }
    }
  }

  @Test
  void poolInAStaticFieldOfTheClassWhoseLambdasAreSentIsNamed() throws Exception {
    try (ChildJvm parent = ChildJvm.Start.with().in(probe).run(Application.class)) {
      assertThat(parent.told("refused")).contains("inside worker 1").contains("static field");
      assertThat(parent.told("because")).isEqualTo(PoolStartException.class.getName());
      assertThat(parent.exitCode()).isZero();
    }
  }
}
