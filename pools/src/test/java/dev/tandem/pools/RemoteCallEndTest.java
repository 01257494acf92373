package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameWriter;
import dev.tandem.pools.internal.wire.Transport;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What ends a call of a remote object, or the connection that calls take, before its time.
@SuppressWarnings("unchecked") // an exported Callable is one of anything
class RemoteCallEndTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  interface Gate {
    /// Waits until the gate is open.
    String pass(String how);

    String passInterruptibly() throws InterruptedException;

    String passAnyhow() throws Exception;
  }

  /// Lets calls begin, and holds them.
  private static final class Held implements Gate {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);
    final CompletableFuture<String> ended = new CompletableFuture<>();
    final AtomicInteger calls = new AtomicInteger();

    @Override
    public String pass(String how) {
      calls.incrementAndGet();
      begun.countDown();
      try {
        open.await();
        ended.complete("passed");
      } catch (InterruptedException e) {
        ended.complete("interrupted");
      }
      return how;
    }

    @Override
    public String passInterruptibly() {
      return pass("interruptibly");
    }

    @Override
    public String passAnyhow() {
      return pass("anyhow");
    }
  }

  // ---- the worker dies, the pool ends

  @Test
  void callOfAWorkerThatIsKilledRunsOn() throws Exception {
    ProcessPool pool = probe.open(1);
    Held held = new Held();
    Gate gate = pool.export(Gate.class, held);
    Future<String> future = probe.watch(pool.submit(() -> gate.pass("")));
    held.begun.await();

    Workers.kill(Workers.awaitReady(pool, 1).getFirst());

    assertThat(Failures.crash(future).kind()).isEqualTo(WorkerCrashedException.Kind.KILLED);
    assertThat(held.ended).isNotDone();
    held.open.countDown();
    assertThat(held.ended.get(20, TimeUnit.SECONDS)).isEqualTo("passed");
    assertThat(pool.submit(() -> gate.pass("on")).get(20, TimeUnit.SECONDS)).isEqualTo("on");
  }

  @Test
  void poolClosesAfterTheCallsOfItsTasks() throws Exception {
    ProcessPool pool = probe.open(1);
    Held held = new Held();
    Gate gate = pool.export(Gate.class, held);
    Future<String> future = probe.watch(pool.submit(() -> gate.pass("done")));
    held.begun.await();

    pool.shutdown();
    assertThat(pool.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
    held.open.countDown();
    pool.close();

    assertThat(future.get(20, TimeUnit.SECONDS)).isEqualTo("done");
  }

  @Test
  void killedPoolEndsWhileACallRuns() throws Exception {
    ProcessPool pool = probe.open(1);
    Held held = new Held();
    Gate gate = pool.export(Gate.class, held);
    Future<String> future = probe.watch(pool.submit(() -> gate.pass("")));
    held.begun.await();

    pool.killWorkers();

    assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    assertThat(future).isDone();
    held.open.countDown();
    assertThat(held.ended.get(20, TimeUnit.SECONDS)).isEqualTo("passed");
  }

  @Test
  void poolThatIsClosedFromInsideOfACallDoesNotWaitForIt() throws Exception {
    ProcessPool pool = probe.open(1);
    Callable<String> remote =
        pool.export(
            Callable.class,
            () -> {
              pool.close();
              return "closed";
            });

    Future<String> future = probe.watch(pool.submit(() -> remote.call()));

    assertThat(future.get(20, TimeUnit.SECONDS)).isEqualTo("closed");
    assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }

  // ---- interrupts

  @ParameterizedTest
  @ValueSource(strings = {"pass", "passInterruptibly", "passAnyhow"})
  void interruptedCallerGoesOnAndTheCallIsInterrupted(String method) throws Exception {
    ProcessPool pool = probe.open(1);
    Held held = new Held();
    Gate gate = pool.export(Gate.class, held);
    Callable<String> awaitBegun =
        pool.export(
            Callable.class,
            () -> {
              held.begun.await();
              return "";
            });

    Future<String> future = pool.submit(() -> interruptedInTheCall(gate, method, awaitBegun));

    assertThat(future.get(20, TimeUnit.SECONDS))
        .isEqualTo(
            method.equals("pass")
                ? "CancellationException: interrupted during the call of Gate.pass, flag true"
                : "InterruptedException: interrupted during the call of Gate.%s, flag false"
                    .formatted(method));
    assertThat(held.ended.get(20, TimeUnit.SECONDS)).isEqualTo("interrupted");
    held.open.countDown();
    assertThat(pool.submit(() -> gate.pass("on")).get(20, TimeUnit.SECONDS)).isEqualTo("on");
  }

  private static String interruptedInTheCall(Gate gate, String method, Callable<String> awaitBegun)
      throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    Thread caller = Thread.ofPlatform().start(() -> seen.complete(outcome(gate, method)));
    var _ = awaitBegun.call(); // over the same connection, meanwhile
    caller.interrupt();
    return seen.get();
  }

  private static String outcome(Gate gate, String method) {
    try {
      return switch (method) {
        case "pass" -> gate.pass("");
        case "passInterruptibly" -> gate.passInterruptibly();
        default -> gate.passAnyhow();
      };
    } catch (Exception e) {
      return "%s: %s, flag %b"
          .formatted(
              e.getClass().getSimpleName(), e.getMessage(), Thread.currentThread().isInterrupted());
    }
  }

  @Test
  void callerThatIsInterruptedBeforeCallsNothing() throws Exception {
    ProcessPool pool = probe.open(1);
    Held held = new Held();
    held.open.countDown();
    Gate gate = pool.export(Gate.class, held);

    Future<String> future = pool.submit(() -> interruptedBefore(gate));

    assertThat(future.get(20, TimeUnit.SECONDS))
        .isEqualTo("CancellationException: interrupted before the call of Gate.pass, flag true");
    assertThat(held.calls).hasValue(0);
    assertThat(pool.submit(() -> gate.pass("on")).get(20, TimeUnit.SECONDS)).isEqualTo("on");
  }

  private static String interruptedBefore(Gate gate) {
    Thread.currentThread().interrupt();
    String outcome = outcome(gate, "pass");
    return Thread.interrupted() ? outcome : "flag lost: " + outcome;
  }

  // ---- the connection

  /// What a worker holds of its second connection, which no code of users can see otherwise.
  private record Inside(ByteChannel channel, String address, int number, byte[] token) {
    static Inside of(Object proxy) throws Exception {
      Object connection = get(get(Proxy.getInvocationHandler(proxy), "this$0"), "connector");
      Object link = get(connection, "link");
      Object address = get(connection, "address");
      return new Inside(
          (ByteChannel) get(link, "channel"),
          (String) get(address, "pool"),
          (Integer) get(address, "worker"),
          (byte[]) get(address, "token"));
    }

    private static Object get(Object object, String name) throws Exception {
      Field field = object.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return field.get(object);
    }
  }

  private static void write(ByteChannel channel, Output frame) throws Exception {
    channel.write(ByteBuffer.wrap(frame.array(), 0, frame.length()));
  }

  /// {@return a frame that no worker sends}
  private static Output broken(String how) {
    Output out = new Output();
    switch (how) {
      case "unknown kind" -> FrameWriter.begin(out, 77, 1);
      case "endless" -> {
        call(out, 1, "text()");
        out.setInt(0, Integer.MAX_VALUE - 100);
        return out;
      }
      case "negative" -> {
        FrameWriter.begin(out, Frame.CALL, 1);
        out.setInt(0, -1);
        return out;
      }
      case "unknown object" -> call(out, 99, "pass(java.lang.String,)");
      case "unknown method" -> call(out, 1, "wait()");
      case "static method" -> call(out, 1, "of()");
      case "empty" -> FrameWriter.begin(out, Frame.CALL);
      default -> throw new IllegalArgumentException(how);
    }
    FrameWriter.end(out);
    return out;
  }

  private static void call(Output out, long object, String method) {
    FrameWriter.begin(out, Frame.CALL, 1);
    out.putLong(object);
    out.putString(method);
  }

  interface WithStatic {
    static List<String> of() {
      throw new AssertionError("a worker has called a static method");
    }

    String text();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown kind",
        "endless",
        "negative",
        "unknown object",
        "unknown method",
        "static method",
        "empty"
      })
  void workerThatSendsWhatNoWorkerSendsIsLost(String how) throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withMaxMessage(1 << 20));
    WithStatic remote = pool.export(WithStatic.class, () -> "text");

    Future<Long> future = probe.watch(pool.submit(() -> sendBroken(remote, how)));

    WorkerCrashedException crash = Failures.crash(future);
    assertThat(crash.kind()).isEqualTo(WorkerCrashedException.Kind.LOST);
    assertThat(crash).hasMessageContaining("it sent what cannot be read");
    assertThat(pool.submit(() -> remote.text()).get(20, TimeUnit.SECONDS)).isEqualTo("text");
  }

  private static long sendBroken(WithStatic remote, String how) throws Exception {
    var _ = remote.text();
    write(Inside.of(remote).channel, broken(how));
    return Work.spin();
  }

  @Test
  void tokenOfTheSecondConnectionIsGoodOnce() throws Exception {
    ProcessPool pool = probe.open(1);
    WithStatic remote = pool.export(WithStatic.class, () -> "text");

    Future<List<Integer>> future = pool.submit(() -> connectAgain(remote));

    assertThat(future.get(20, TimeUnit.SECONDS)).containsExactly(-1, -1);
    assertThat(pool.submit(() -> remote.text()).get(20, TimeUnit.SECONDS)).isEqualTo("text");
  }

  private static List<Integer> connectAgain(WithStatic remote) throws Exception {
    var _ = remote.text();
    Inside inside = Inside.of(remote);
    byte[] wrong = inside.token.clone();
    wrong[0]++;
    return List.of(answer(inside, inside.token), answer(inside, wrong));
  }

  private static int answer(Inside inside, byte[] token) throws Exception {
    try (ByteChannel channel = Transport.connectSteadily(inside.address)) {
      write(channel, FrameWriter.helloAgain(inside.number, token));
      return channel.read(ByteBuffer.allocate(100));
    }
  }

  @Test
  void callsAfterTheEndOfTheConnectionFail() throws Exception {
    ProcessPool pool = probe.open(1);
    Held held = new Held();
    Gate gate = pool.export(Gate.class, held);
    Callable<String> awaitBegun =
        pool.export(
            Callable.class,
            () -> {
              held.begun.await();
              return "";
            });

    Future<List<String>> future = pool.submit(() -> callOverAClosedConnection(gate, awaitBegun));

    assertThat(future.get(20, TimeUnit.SECONDS))
        .hasSize(2)
        .allSatisfy(text ->
            assertThat(text)
                .startsWith("RemoteOwnerLostException: Gate.pass")
                .contains("cannot be reached any more"));
    held.open.countDown();
    assertThat(pool.submit(() -> 1).get(20, TimeUnit.SECONDS)).isEqualTo(1);
  }

  private static List<String> callOverAClosedConnection(Gate gate, Callable<String> awaitBegun)
      throws Exception {
    CompletableFuture<String> pending = new CompletableFuture<>();
    Thread.ofPlatform().daemon().start(() -> pending.complete(outcome(gate, "pass")));
    var _ = awaitBegun.call();
    Inside.of(gate).channel.close();
    return List.of(pending.get(), outcome(gate, "pass"));
  }

  @Test
  void callInAnObjectThatIsBeingDeserializedIsRefused() throws Exception {
    ProcessPool pool = probe.open(1);
    AtomicBoolean ran = new AtomicBoolean();
    Runnable called = pool.export(Runnable.class, () -> ran.set(true));
    Callable<Object> remote = pool.export(Callable.class, () -> new Calling(called, Work.pid()));

    assertThatThrownBy(() -> pool.submit(() -> remote.call().hashCode()).get(20, TimeUnit.SECONDS))
        .hasStackTraceContaining("was called by an object that is being deserialized");
    assertThat(ran).isFalse();
  }

  record Calling(Runnable called, long home) {
    Calling {
      if (ProcessHandle.current().pid() != home) {
        called.run();
      }
    }
  }
}
