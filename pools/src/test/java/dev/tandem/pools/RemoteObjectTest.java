package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.core.SerializableCallable;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What can be called through the proxy of an exported object, and what comes back.
@SuppressWarnings("unchecked") // an exported Function is one of anything
class RemoteObjectTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  /// {@return what a task returns}
  private static <T> T run(ProcessPool pool, SerializableCallable<T> task) throws Exception {
    try {
      return pool.submit(task).get(40, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  // ---- what can be called

  /// Methods of all kinds.
  interface Kinds<T> {
    int STATIC_NUMBER = 7;

    void nothing();

    int primitives(boolean a, byte b, char c, short d, int e, long f, float g, double h);

    T generic(T value, List<? extends T> more);

    String varargs(String first, Object... more);

    String overloaded(int value);

    String overloaded(long value);

    String overloaded(Integer value);

    String overloaded(int[] value);

    boolean equals(Object other, boolean very);

    default String byDefault(String text) {
      return "default " + text + " " + here();
    }

    static String statically() {
      return "static";
    }

    private String here() {
      return ProcessHandle.current().pid() == pid() ? "there" : "elsewhere";
    }

    long pid();
  }

  static class AllKinds implements Kinds<String> {
    final AtomicInteger nothings = new AtomicInteger();

    @Override
    public void nothing() {
      nothings.incrementAndGet();
    }

    @Override
    public int primitives(boolean a, byte b, char c, short d, int e, long f, float g, double h) {
      return (a ? 1 : 0) + b + c + d + e + (int) f + (int) g + (int) h;
    }

    @Override
    public String generic(String value, List<? extends String> more) {
      return value == null ? null : value + more;
    }

    @Override
    public String varargs(String first, Object... more) {
      return first + List.of(more);
    }

    @Override
    public String overloaded(int value) {
      return "int " + value;
    }

    @Override
    public String overloaded(long value) {
      return "long " + value;
    }

    @Override
    public String overloaded(Integer value) {
      return "Integer " + value;
    }

    @Override
    public String overloaded(int[] value) {
      return "int[] " + value.length;
    }

    @Override
    public boolean equals(Object other, boolean very) {
      return very && other.equals("same");
    }

    @Override
    public long pid() {
      return ProcessHandle.current().pid();
    }
  }

  @Test
  void allKindsOfMethodsCanBeCalled() throws Exception {
    ProcessPool pool = probe.open(1);
    AllKinds target = new AllKinds();
    Kinds<String> remote = pool.export(Kinds.class, target);

    List<Object> inWorker = run(pool, () -> callAll(remote));

    assertThat(inWorker).isEqualTo(callAll(remote)).contains("default d there");
    assertThat(target.nothings).hasValue(2);
  }

  private static List<Object> callAll(Kinds<String> remote) {
    remote.nothing();
    List<Object> all = new ArrayList<>();
    all.add(remote.primitives(true, (byte) 2, 'c', (short) 3, 4, 5L, 6.5f, 7.5));
    all.add(remote.generic("a", List.of("b")));
    all.add(remote.generic(null, null));
    all.add(remote.varargs("first"));
    all.add(remote.varargs("first", 1, "2", 3L));
    all.add(remote.overloaded(1));
    all.add(remote.overloaded(1L));
    all.add(remote.overloaded(Integer.valueOf(1)));
    all.add(remote.overloaded(new int[3]));
    all.add(remote.equals("same", true));
    all.add(remote.byDefault("d"));
    all.add(remote.pid());
    return all;
  }

  @Test
  void methodsOfObjectAreThoseOfTheProxy() throws Exception {
    ProcessPool pool = probe.open(1);
    Callable<Integer> first = pool.export(Callable.class, () -> 1);
    Callable<Integer> second = pool.export(Callable.class, () -> 2);

    assertThat(first).isEqualTo(first).isNotEqualTo(second).isNotEqualTo(null);
    assertThat(first.toString()).startsWith("remote java.util.concurrent.Callable ");
    assertThat(run(pool, () -> List.of(first.equals(first), first.equals(second), first.equals(1))))
        .containsExactly(true, false, false);
    assertThat(run(pool, () -> first.hashCode() + first.toString()))
        .isEqualTo(first.hashCode() + first.toString());
    assertThat(run(pool, () -> Map.of(first, "known").get(first))).isEqualTo("known");
  }

  @Test
  void interfaceOfTheJdkCanBeExported() throws Exception {
    ProcessPool pool = probe.open(1);
    AtomicInteger runs = new AtomicInteger();
    Runnable remote = pool.export(Runnable.class, runs::incrementAndGet);

    pool.forEach(List.of(1, 2, 3), i -> remote.run());
    pool.submit(remote).get(20, TimeUnit.SECONDS); // as a body

    assertThat(runs).hasValue(4);
  }

  // ---- how a proxy travels

  interface Counter {
    int add(int value);
  }

  record Holder(String name, Counter counter) {}

  static final class Graph implements Serializable {
    private static final long serialVersionUID = 1L;
    final Counter first;
    final Counter second;
    final Object[] more;

    Graph(Counter counter) {
      this.first = counter;
      this.second = counter;
      this.more = new Object[] {counter, this};
    }
  }

  @Test
  void proxyTravelsInsideOfAnything() throws Exception {
    ProcessPool pool = probe.open(1);
    AtomicInteger sum = new AtomicInteger();
    Counter remote = pool.export(Counter.class, sum::addAndGet);
    Holder record = new Holder("r", remote);
    Graph graph = new Graph(remote);

    assertThat(pool.map(List.of(1, 2, 3), i -> remote.add(i)).toList()).contains(6);
    assertThat(run(pool, () -> record.counter().add(10))).isEqualTo(16);
    assertThat(run(pool, () -> graph.first.add(10) + graph.second.add(10))).isEqualTo(26 + 36);
    assertThat(run(pool, () -> graph.first == graph.second && graph.more[0] == graph.first))
        .isTrue();
    assertThat(pool.map(List.of(remote), counter -> counter.add(1)).toList()).containsExactly(37);
  }

  interface Exchange {
    Object exchange(Object value);
  }

  @Test
  void proxyComesBackAsTheSameObject() throws Exception {
    ProcessPool pool = probe.open(1);
    Counter remote = pool.export(Counter.class, value -> value + 1);
    List<Object> seen = new ArrayList<>();
    Exchange exchange =
        pool.export(
            Exchange.class,
            value -> {
              seen.add(value);
              return pool.export(Counter.class, n -> 2 * n);
            });

    Object back = run(pool, () -> remote);
    int doubled = run(pool, () -> ((Counter) exchange.exchange(remote)).add(21));

    assertThat(back).isSameAs(remote);
    assertThat(seen).containsExactly(remote);
    assertThat(doubled).isEqualTo(42);
  }

  @Test
  void proxyIsOfOnePool() throws Exception {
    ProcessPool pool = probe.open(1);
    ProcessPool other = probe.open(1);
    Counter remote = pool.export(Counter.class, value -> value + 1);

    Throwable refused = catchThrowable(() -> run(other, () -> remote.add(1)));

    assertThat(refused)
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("cannot be sent to the workers of another pool");
    Counter through = other.export(Counter.class, remote);
    assertThat(run(other, () -> through.add(1))).isEqualTo(2);
  }

  // ---- what it throws

  static final class Checked extends Exception {
    private static final long serialVersionUID = 1L;
    final int code;

    Checked(String message, int code) {
      super(message);
      this.code = code;
    }
  }

  static final class Unserializable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    final Object thread = Thread.currentThread();

    Unserializable() {
      super("with a thread");
    }
  }

  interface Thrower {
    Object fail(String how) throws Checked;
  }

  private static Object fail(String how) throws Checked {
    return switch (how) {
      case "checked" -> throw new Checked("declared", 42);
      case "undeclared" -> sneak(new IOException("not declared"));
      case "runtime" -> throw new IllegalStateException("state", new Checked("cause", 1));
      case "error" -> throw new AssertionError("error");
      case "stack" -> fail("stack") + "";
      case "unserializable" -> throw new Unserializable();
      case "cycle" -> {
        RuntimeException first = new RuntimeException("first");
        RuntimeException second = new RuntimeException("second", first);
        first.initCause(second);
        throw first;
      }
      case "unsendable" -> new Object();
      case "huge" -> new byte[1 << 21];
      default -> how;
    };
  }

  private static <X extends Throwable> Object sneak(Throwable e) throws X {
    throw (X) e;
  }

  @Test
  void whatTheTargetThrowsIsThrownAsItIs() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withMaxMessage(1 << 20));
    Thrower remote = pool.export(Thrower.class, RemoteObjectTest::fail);

    assertThatThrownBy(() -> call(pool, remote, "checked"))
        .isInstanceOfSatisfying(Checked.class, e -> assertThat(e.code).isEqualTo(42))
        .hasMessage("declared");
    assertThatThrownBy(() -> call(pool, remote, "undeclared"))
        .hasRootCauseInstanceOf(IOException.class)
        .hasRootCauseMessage("not declared");
    assertThatThrownBy(() -> call(pool, remote, "runtime"))
        .isInstanceOf(IllegalStateException.class)
        .hasCauseInstanceOf(Checked.class);
    assertThatThrownBy(() -> call(pool, remote, "error")).hasCauseInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> call(pool, remote, "stack"))
        .hasCauseInstanceOf(StackOverflowError.class);
    assertThatThrownBy(() -> call(pool, remote, "unserializable"))
        .isInstanceOf(RemoteTaskException.class)
        .hasMessageContaining("with a thread");
    assertThatThrownBy(() -> call(pool, remote, "cycle")).hasMessage("first");
    assertThatThrownBy(() -> call(pool, remote, "unsendable"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("the result of Thrower.fail cannot be sent back")
        .hasMessageContaining("java.lang.Object");
    assertThatThrownBy(() -> call(pool, remote, "huge"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("withMaxMessage");
    assertThat(call(pool, remote, "fine")).isEqualTo("fine");
    assertThat(catchThrowable(() -> remote.fail("checked"))).isInstanceOf(Checked.class);
  }

  private static Object call(ProcessPool pool, Thrower remote, String how) throws Exception {
    return run(pool, () -> remote.fail(how));
  }

  @Test
  void stackOfAnExceptionSaysWhereItWasThrownAndWhereItWasCalled() {
    ProcessPool pool = probe.open(1);
    Thrower remote = pool.export(Thrower.class, RemoteObjectTest::fail);

    assertThatThrownBy(() -> call(pool, remote, "checked"))
        .hasStackTraceContaining("RemoteObjectTest.fail(")
        .hasStackTraceContaining("RemoteObjectTest.lambda$call");
  }

  // ---- arguments

  /// Can be made in one process only.
  static final class Picky implements Serializable {
    private static final long serialVersionUID = 1L;
    final long home;

    Picky(long home) {
      this.home = home;
    }

    private Object readResolve() {
      if (ProcessHandle.current().pid() != home) {
        throw new IllegalStateException("not at home");
      }
      return this;
    }
  }

  @Test
  void whatCannotBeSentOrDecodedIsRefusedAndTheConnectionGoesOn() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withMaxMessage(1 << 20));
    long parent = ProcessHandle.current().pid();
    Exchange remote = pool.export(Exchange.class, value -> new Picky(parent));
    long worker = run(pool, Work::pid);

    assertThatThrownBy(() -> run(pool, () -> remote.exchange(new Object())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the arguments of Exchange.exchange cannot be sent");
    assertThatThrownBy(() -> run(pool, () -> remote.exchange(new byte[1 << 20])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("withMaxMessage");
    assertThatThrownBy(() -> run(pool, () -> remote.exchange(new Picky(Work.pid()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the arguments of Exchange.exchange cannot be accepted")
        .hasMessageContaining("not at home");
    assertThatThrownBy(() -> run(pool, () -> remote.exchange(1)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("the result of Exchange.exchange cannot be accepted")
        .hasMessageContaining("not at home");

    Function<Object, Object> echo = pool.export(Function.class, value -> value);
    assertThat(run(pool, () -> echo.apply("on"))).isEqualTo("on");
    assertThat(run(pool, Work::pid)).as("the same worker").isEqualTo(worker);
  }

  @Test
  void largeArgumentsAndResultsPass() throws Exception {
    ProcessPool pool = probe.open(1);
    Function<Object, Object> echo = pool.export(Function.class, value -> value);

    int[] lengths =
        run(
            pool,
            () ->
                new int[] {
                  ((byte[]) echo.apply(new byte[20 << 20])).length,
                  ((String) echo.apply("x".repeat(5 << 20))).length(),
                  ((List<?>) echo.apply(List.of(new byte[1 << 20], new long[1 << 18]))).size(),
                });

    assertThat(lengths).containsExactly(20 << 20, 5 << 20, 2);
  }

  @Test
  void resultThatHasNoRoomInTheWorkerFailsItsCallAlone() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withMaxHeap(64 << 20));
    Function<Object, Object> sized = pool.export(Function.class, size -> new byte[(Integer) size]);
    long worker = run(pool, Work::pid);

    String refusal = run(pool, () -> refusal(sized, 128 << 20));

    assertThat(refusal).contains("the result of Function.apply has", "withMaxHeap");
    assertThat(run(pool, () -> ((byte[]) sized.apply(100)).length)).isEqualTo(100);
    assertThat(run(pool, Work::pid)).isEqualTo(worker);
  }

  private static String refusal(Function<Object, Object> sized, int size) {
    try {
      return "not refused: " + sized.apply(size);
    } catch (OutOfMemoryError e) {
      return e.getMessage();
    }
  }

  // ---- what cannot be exported

  sealed interface Closed permits OnlyOne {}

  record OnlyOne() implements Closed {}

  @interface Note {}

  @Test
  @SuppressWarnings("rawtypes")
  void whatCannotBeExportedIsNamed() {
    ProcessPool pool = probe.open(1);

    assertThatThrownBy(() -> pool.export(String.class, "text"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("service: java.lang.String (expected: an interface");
    assertThatThrownBy(() -> pool.export(Closed.class, new OnlyOne()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Closed (expected: an interface");
    assertThatThrownBy(() -> pool.export((Class) Counter.class, "text"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("target: of java.lang.String (expected: of");
    assertThatThrownBy(() -> pool.export(null, "text"))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("service");
    assertThatThrownBy(() -> pool.export(Runnable.class, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("target");
    pool.close();
    assertThatThrownBy(() -> pool.export(Runnable.class, () -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has ended");
  }

  @Test
  void exportedInterfaceOfALibraryDoesNotOpenTheLibrary() throws Exception {
    ProcessPool pool = probe.open(1);
    org.junit.jupiter.api.function.Executable ran = () -> {};
    var remote = pool.export(org.junit.jupiter.api.function.Executable.class, ran);
    Exchange exchange = pool.export(Exchange.class, value -> value.getClass().getName());

    assertThat(run(pool, () -> runRemote(remote))).isTrue();
    assertThatThrownBy(() -> run(pool, () -> exchange.exchange(library())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is refused");
  }

  private static boolean runRemote(org.junit.jupiter.api.function.Executable remote)
      throws Exception {
    try {
      remote.execute();
      return true;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object library() {
    return com.google.common.collect.ImmutableList.of(1);
  }

  // ---- calls at the same time

  @Test
  void threadsOfAWorkerCallAtTheSameTime() throws Exception {
    ProcessPool pool = probe.open(1);
    CompletableFuture<String> second = new CompletableFuture<>();
    Exchange remote =
        pool.export(
            Exchange.class,
            value -> {
              if (value.equals("second")) {
                second.complete("done");
              }
              return second.join(); // the first waits for the second
            });

    assertThat(run(pool, () -> callFromTwoThreads(remote))).isEqualTo("donedone");
  }

  private static String callFromTwoThreads(Exchange remote) throws Exception {
    CompletableFuture<Object> first = CompletableFuture.supplyAsync(() -> remote.exchange("first"));
    CompletableFuture<Object> second = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> second.complete(remote.exchange("second")));
    return (String) first.get() + second.get();
  }

  @Test
  void manyThreadsOfManyWorkersLoseNoCall() throws Exception {
    ProcessPool pool = probe.open(2);
    AtomicInteger sum = new AtomicInteger();
    Counter remote = pool.export(Counter.class, sum::addAndGet);

    pool.forEach(List.of(1, 2, 3, 4), i -> callFromManyThreads(remote));

    assertThat(sum).hasValue(4 * 20 * 50);
  }

  private static void callFromManyThreads(Counter remote) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      threads.add(
          Thread.startVirtualThread(() -> {
            for (int n = 0; n < 50; n++) {
              var _ = remote.add(1);
            }
          }));
    }
    for (Thread each : threads) {
      each.join();
    }
  }

  @Test
  void threadThatATaskLeavesBehindCanCall() throws Exception {
    ProcessPool pool = probe.open(1);
    CompletableFuture<Object> release = new CompletableFuture<>();
    CompletableFuture<Object> called = new CompletableFuture<>();
    Exchange remote =
        pool.export(
            Exchange.class,
            value ->
                switch ((String) value) {
                  case "early" -> release.join();
                  case "late" -> called.complete(value);
                  default -> value;
                });

    run(pool, () -> leaveThread(remote));

    assertThat(run(pool, () -> remote.exchange("now"))).isEqualTo("now");
    release.complete("");
    assertThat(called.get(20, TimeUnit.SECONDS)).isEqualTo("late");
  }

  private static int leaveThread(Exchange remote) {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          var _ = remote.exchange("early");
          var _ = remote.exchange("late");
        });
    return 1;
  }

  @Test
  void targetMayUseThePoolThatCallsIt() throws Exception {
    ProcessPool pool = probe.open(2);
    Callable<Integer> nested = () -> pool.submit(() -> 42).get(20, TimeUnit.SECONDS);
    Function<Object, Object> remote =
        pool.export(
            Function.class,
            value -> {
              try {
                return nested.call();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });

    for (int i = 0; i < 20; i++) {
      assertThat(run(pool, () -> remote.apply(""))).isEqualTo(42);
    }
  }
}
