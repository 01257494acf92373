package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.base.Throwables;
import dev.tandem.core.SerializableCallable;
import java.io.FileNotFoundException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Row 9: a task throws.
class TaskFailureTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  @Test
  void exceptionArrivesAsItWasThrownAndTheWorkerGoesOn() throws Exception {
    ProcessPool pool = probe.open(1);
    long pid = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);

    assertThat(thrownBy(pool, TaskFailureTest::openMissing))
        .isExactlyInstanceOf(FileNotFoundException.class)
        .hasMessage("orders.csv");
    assertThat(thrownBy(pool, TaskFailureTest::overflow)).isInstanceOf(StackOverflowError.class);
    assertThat(thrownBy(pool, () -> wrapped()))
        .isExactlyInstanceOf(OrderException.class)
        .hasMessage("order 4711")
        .hasFieldOrPropertyWithValue("number", 4711)
        .hasCauseExactlyInstanceOf(FileNotFoundException.class)
        .satisfies(
            e -> assertThat(e.getSuppressed()).extracting(Throwable::getMessage).contains("also"));

    assertThat(pool.submit(Work::pid).get(20, TimeUnit.SECONDS)).isEqualTo(pid);
  }

  @Test
  void stacksOfTheTaskAndOfItsSubmitterAreBothShown() {
    ProcessPool pool = probe.open(1);
    Future<Integer> future = probe.watch(submitHere(pool));

    Throwable thrown = catchThrowable(() -> future.get(20, TimeUnit.SECONDS));

    assertThat(Throwables.getStackTraceAsString(thrown))
        .contains("TaskFailureTest.openMissing")
        .contains("TaskFailureTest.submitHere");
  }

  private static Future<Integer> submitHere(ProcessPool pool) {
    return pool.submit(TaskFailureTest::openMissing);
  }

  @Test
  void exceptionOfAMapIsThatOfItsFunction() {
    ProcessPool pool = probe.open(2);
    try (Stream<Integer> results = pool.map(List.of(1, 2, 3), n -> n == 2 ? openMissing() : n)) {
      assertThat(catchThrowable(results::toList))
          .isInstanceOf(CompletionException.class)
          .hasCauseExactlyInstanceOf(FileNotFoundException.class);
    }
  }

  @Test
  void thousandFailuresCostNoWorker() throws Exception {
    ProcessPool pool = probe.open(1);
    long pid = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
    List<Future<Integer>> futures =
        Stream.generate(() -> (Future<Integer>) pool.submit(TaskFailureTest::openMissing))
            .limit(1000)
            .toList();

    futures.forEach(each -> Failures.cause(probe.watch(each), FileNotFoundException.class));

    assertThat(pool.submit(Work::pid).get(20, TimeUnit.SECONDS)).isEqualTo(pid);
  }

  private Throwable thrownBy(ProcessPool pool, SerializableCallable<Integer> body) {
    return Failures.cause(probe.watch(pool.submit(body)));
  }

  private static int openMissing() throws FileNotFoundException {
    throw new FileNotFoundException("orders.csv");
  }

  private static int overflow() {
    return overflow() + 1;
  }

  private static int wrapped() throws OrderException {
    try {
      return openMissing();
    } catch (FileNotFoundException e) {
      OrderException thrown = new OrderException(4711, e);
      thrown.addSuppressed(new IllegalStateException("also"));
      throw thrown;
    }
  }

  static final class OrderException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int number;

    OrderException(int number, Throwable cause) {
      super("order " + number, cause);
      this.number = number;
    }

    int number() {
      return number;
    }
  }
}
