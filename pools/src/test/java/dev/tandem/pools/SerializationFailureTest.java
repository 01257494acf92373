package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Rows 14 and 15: a task, its result or its exception cannot be sent.
class SerializationFailureTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  record Order(String name, Object connection) implements Serializable {}

  @Test
  void taskThatCannotBeSentFailsAtOnceAndItsNeighboursDoNotNotice() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withPrefetch(10));
    Mark started = Mark.in(directory, "started");
    Mark release = Mark.in(directory, "release");
    Future<Long> running = probe.watch(pool.submit(() -> Work.hold(started, release)));
    Future<Long> before = probe.watch(pool.submit(Work::pid));
    long pid = started.awaitPid();
    Order order = new Order("4711", new Socket());

    Future<String> refused = probe.watch(pool.submit(() -> order.name()));

    assertThat(refused).isDone();
    assertThat(Failures.cause(refused, NotSerializableException.class))
        .hasMessageContaining(Order.class.getName())
        .hasMessageContaining("connection")
        .hasMessageContaining("java.net.Socket");
    assertThatThrownBy(() -> pool.execute(() -> System.out.println(order)))
        .isInstanceOf(RejectedExecutionException.class)
        .hasStackTraceContaining("connection");
    Future<Long> after = probe.watch(pool.submit(Work::pid));
    release.set();
    for (Future<Long> each : List.of(running, before, after)) {
      assertThat(each.get(20, TimeUnit.SECONDS)).isEqualTo(pid);
    }
  }

  @Test
  void bodyThatIsNoSerializableLambdaIsToldWhatToWrite() {
    ProcessPool pool = probe.open(1);
    Callable<Integer> body = () -> 1;

    Future<Integer> refused = probe.watch(pool.submit(body));

    assertThat(refused).isDone();
    assertThat(Failures.cause(refused)).hasMessageContaining("TaskExecutor or ProcessPool");
  }

  @Test
  void resultThatCannotBeSentFailsItsTaskAlone() throws Exception {
    ProcessPool pool = probe.open(1);
    long pid = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);

    Future<Order> future = probe.watch(pool.submit(() -> new Order("4711", new Thread())));

    assertThat(Failures.cause(future))
        .hasMessageContaining(Order.class.getName())
        .hasMessageContaining("connection")
        .hasMessageContaining("java.lang.Thread");
    assertThat(pool.submit(Work::pid).get(20, TimeUnit.SECONDS)).isEqualTo(pid);
  }

  @Test
  void poolIsNotStuckAfterManyFailuresOfEveryKind() throws Exception {
    ProcessPool pool = probe.open(2);
    List<Future<?>> bad = new ArrayList<>();
    List<Future<Integer>> good = new ArrayList<>();
    Order order = new Order("4711", new Thread());
    for (int i = 0; i < 100; i++) {
      int id = i;
      bad.add(pool.submit(() -> order.name()));
      bad.add(pool.submit(() -> new Order("4711", new Thread())));
      bad.add(pool.submit(() -> fail(new ConnectionException(new Thread()))));
      bad.add(pool.submit(() -> fail(new StubbornException())));
      good.add(probe.watch(pool.submit(() -> id)));
    }

    bad.forEach(each -> Failures.cause(probe.watch(each)));
    for (int i = 0; i < good.size(); i++) {
      assertThat(good.get(i).get(20, TimeUnit.SECONDS)).isEqualTo(i);
    }
  }

  @Test
  void exceptionThatCannotBeSentArrivesAsText() {
    ProcessPool pool = probe.open(1);
    Future<?> future = probe.watch(pool.submit(() -> fail(new ConnectionException(new Thread()))));

    RemoteTaskException remote = Failures.cause(future, RemoteTaskException.class);

    assertThat(remote.exceptionClass()).isEqualTo(ConnectionException.class.getName());
    assertThat(remote)
        .hasMessageContaining("connection lost")
        .hasStackTraceContaining("SerializationFailureTest.lambda$exceptionThatCannotBeSent");
  }

  @Test
  void exceptionThatCannotBeReadArrivesAsText() {
    ProcessPool pool = probe.open(1);
    Future<?> future = probe.watch(pool.submit(() -> fail(new StubbornException())));

    RemoteTaskException remote = Failures.cause(future, RemoteTaskException.class);

    assertThat(remote.exceptionClass()).isEqualTo(StubbornException.class.getName());
    assertThat(remote).hasMessageContaining("stays where it is");
  }

  @Test
  void argumentOrResultThatCannotBeReadFailsItsTaskAlone() throws Exception {
    ProcessPool pool = probe.open(1);
    long pid = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
    Unreadable unreadable = new Unreadable();

    Future<String> argument = probe.watch(pool.submit(() -> unreadable.toString()));
    Future<Unreadable> result = probe.watch(pool.submit(() -> new Unreadable()));

    assertThat(Failures.cause(argument)).hasStackTraceContaining("not to be read");
    assertThat(Failures.cause(result)).hasStackTraceContaining("not to be read");
    assertThat(pool.submit(Work::pid).get(20, TimeUnit.SECONDS)).isEqualTo(pid);
  }

  @Test
  void chainTooDeepToBeSentFailsItsTaskAlone() throws Exception {
    ProcessPool pool = probe.open(1);
    long pid = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
    Link chain = Link.chain(200_000);

    Future<Integer> argument = probe.watch(pool.submit(() -> chain == null ? 0 : 1));
    Future<Link> result = probe.watch(pool.submit(() -> Link.chain(200_000)));

    assertThat(Failures.cause(argument)).isNotNull();
    assertThat(Failures.cause(result)).isNotNull();
    assertThat(pool.submit(Work::pid).get(20, TimeUnit.SECONDS)).isEqualTo(pid);
  }

  @Test
  void messageBeyondTheLimitFailsItsTaskAlone() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withMaxMessage(64 << 10));
    long pid = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
    byte[] large = new byte[100_000];

    Future<Integer> argument = probe.watch(pool.submit(() -> large.length));
    Future<byte[]> result = probe.watch(pool.submit(() -> new byte[100_000]));

    assertThat(argument).isDone();
    assertThat(Failures.cause(argument)).hasMessageContaining("withMaxMessage");
    assertThat(Failures.cause(result)).hasMessageContaining("withMaxMessage");
    assertThat(pool.submit(Work::pid).get(20, TimeUnit.SECONDS)).isEqualTo(pid);
  }

  private static int fail(Exception e) throws Exception {
    throw e;
  }

  /// Has a field that is not serializable.
  static final class ConnectionException extends Exception {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("unused") // only sent
    private final Object connection;

    ConnectionException(Object connection) {
      super("connection lost");
      this.connection = connection;
    }
  }

  /// Can be written, and not be read.
  static final class StubbornException extends Exception {
    private static final long serialVersionUID = 1L;

    StubbornException() {
      super("stays where it is");
    }

    private void readObject(ObjectInputStream in) throws IOException {
      throw new IOException("not to be read");
    }
  }

  /// Can be written, and not be read.
  static final class Unreadable implements Serializable {
    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream in) throws IOException {
      throw new IOException("not to be read");
    }
  }

  /// Nests deeper than any stack.
  record Link(Link next) implements Serializable {
    static Link chain(int length) {
      Link chain = null;
      for (int i = 0; i < length; i++) {
        chain = new Link(chain);
      }
      return chain;
    }
  }
}
