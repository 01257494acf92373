package dev.tandem.pools.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.core.SerializableCallable;
import dev.tandem.queues.Channel;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicStampedReference;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A body must not capture what is made to be shared by the threads of one process.
class SharedCaptureTest {
  private static final String ME = SharedCaptureTest.class.getName();

  private final Output out = new Output();

  record Holder(Object what) {}

  static class Bean implements Serializable {
    private static final long serialVersionUID = 1L;
    final Object what;
    final transient Object ignored = new AtomicInteger();

    Bean(Object what) {
      this.what = what;
    }
  }

  private String refused(Object captured, String... allowed) {
    SerializableCallable<Object> body = () -> captured;
    return refusedBody(body, allowed);
  }

  private String refusedBody(Object body, String... allowed) {
    out.putInt(7);
    int length = out.length();
    Encoder encoder = encoder(allowed);
    NotSerializableException thrown =
        catchThrowableOfType(NotSerializableException.class, () -> encoder.encodeBody(body, out));
    assertThat(thrown).isNotNull();
    assertThat(out.length()).as("the output is as before").isEqualTo(length);
    return String.valueOf(thrown.getMessage());
  }

  private static Encoder encoder(String... allowed) {
    return new Encoder(new TypeFilter(List.of(allowed), SharedCaptureTest.class.getClassLoader()));
  }

  private static <T> T copyOf(T captured, String... allowed) throws Exception {
    SerializableCallable<T> body = () -> captured;
    return new Wire(allowed).sendBody(body).call();
  }

  // ---- what is refused

  static Stream<Arguments> shared() {
    Map<String, Integer> map = new ConcurrentHashMap<>(Map.of("a", 1));
    return Stream.of(
        Arguments.of("newLong", new AtomicBoolean()),
        Arguments.of("newLong", new AtomicInteger()),
        Arguments.of("newLong", new AtomicLong()),
        Arguments.of("newLong", new LongAdder()),
        Arguments.of(
            "newLong", new LongAccumulator((LongBinaryOperator & Serializable) Long::max, 0)),
        Arguments.of("newLongArray", new AtomicIntegerArray(3)),
        Arguments.of("newLongArray", new AtomicLongArray(3)),
        Arguments.of("result", new AtomicReference<>("a")),
        Arguments.of("result", new AtomicReferenceArray<>(3)),
        Arguments.of("result", new DoubleAdder()),
        Arguments.of(
            "result", new DoubleAccumulator((DoubleBinaryOperator & Serializable) Double::max, 0)),
        Arguments.of("copyOf", map),
        Arguments.of("copyOf", map.keySet()),
        Arguments.of("copyOf", map.values()),
        Arguments.of("copyOf", ConcurrentHashMap.newKeySet()),
        Arguments.of("copyOf", new ConcurrentSkipListMap<>()),
        Arguments.of("copyOf", new ConcurrentSkipListMap<String, String>().headMap("a")),
        Arguments.of("copyOf", new ConcurrentSkipListSet<>()),
        Arguments.of("copyOf", new CopyOnWriteArrayList<>()),
        Arguments.of("copyOf", new CopyOnWriteArraySet<>()),
        Arguments.of("copyOf", Collections.synchronizedList(new ArrayList<>())),
        Arguments.of("copyOf", Collections.synchronizedMap(map)),
        Arguments.of("newChannel", new ArrayBlockingQueue<>(1)),
        Arguments.of("newChannel", new LinkedBlockingQueue<>()),
        Arguments.of("newChannel", new LinkedBlockingDeque<>()),
        Arguments.of("newChannel", new LinkedTransferQueue<>()),
        Arguments.of("newChannel", new PriorityBlockingQueue<>()),
        Arguments.of("newChannel", new SynchronousQueue<>()),
        Arguments.of("newChannel", new ConcurrentLinkedQueue<>()),
        Arguments.of("newChannel", new ConcurrentLinkedDeque<>()),
        Arguments.of("export", new ReentrantLock()),
        Arguments.of("export", new ReentrantReadWriteLock()),
        Arguments.of("export", new ReentrantReadWriteLock().readLock()),
        Arguments.of("export", new StampedLock()),
        Arguments.of("export", new Semaphore(1)),
        Arguments.of("wait for it here", new Sum()),
        Arguments.of("newLong", new OwnCounter()),
        Arguments.of("copyOf", new OwnMap()));
  }

  static final class OwnCounter extends AtomicLong {
    private static final long serialVersionUID = 1L;
  }

  static final class OwnMap extends ConcurrentHashMap<String, Integer> {
    private static final long serialVersionUID = 1L;
  }

  static final class Sum extends RecursiveTask<Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    protected Integer compute() {
      return 1;
    }
  }

  @ParameterizedTest
  @MethodSource("shared")
  void aBodyThatCapturesItIsToldWhereItIsAndWhatToUse(String advice, Object object) {
    assertThat(refused(object))
        .startsWith(
            "captured variable of a lambda in "
                + ME
                + ".refused -> "
                + object.getClass().getName()
                + " is made to be shared")
        .contains(advice, "withAllowed(\"");
  }

  @ParameterizedTest
  @MethodSource("shared")
  void itIsSentAsACopyIfItIsAllowed(String advice, Object object) throws Exception {
    String message = refused(object);
    String pattern = message.substring(message.indexOf("(\"") + 2, message.indexOf("\")"));
    for (String allowed : List.of(pattern, pattern.substring(0, pattern.lastIndexOf('.')) + ".*")) {
      SerializableCallable<Object> body = () -> object;
      assertThatNoException()
          .as(allowed)
          .isThrownBy(() -> encoder(allowed).encodeBody(body, new Output()));
    }
  }

  @ParameterizedTest
  @MethodSource("shared")
  void itIsSentWhereItIsHandedOver(String advice, Object object) {
    assertThatNoException().isThrownBy(() -> encoder().encode(new Holder(object), new Output()));
  }

  static Stream<Arguments> neitherSharedNorSerializable() {
    return Stream.of(
        Arguments.of("export", new CountDownLatch(1)),
        Arguments.of("export", new CyclicBarrier(1)),
        Arguments.of("export", new Phaser()),
        Arguments.of("export", new Exchanger<>()),
        Arguments.of("export", new StampedLock().asReadLock()),
        Arguments.of("result", new AtomicStampedReference<>("a", 1)),
        Arguments.of("newChannel", new DelayQueue<>()),
        Arguments.of("newChannel", Channel.bounded(1)),
        Arguments.of("wait for it here", new CompletableFuture<>()),
        Arguments.of("executor of its own", ForkJoinPool.commonPool()),
        Arguments.of("withContext", new ThreadLocal<>()));
  }

  @ParameterizedTest
  @MethodSource("neitherSharedNorSerializable")
  void whatIsNotSerializableEitherIsToldWhatToUse(String advice, Object object) {
    assertThat(refused(new Holder(object)))
        .contains("$Holder.what -> " + object.getClass().getName() + " is not serializable", advice)
        .doesNotContain("withAllowed");
    NotSerializableException result =
        catchThrowableOfType(
            NotSerializableException.class, () -> encoder().encode(object, new Output()));
    assertThat(result)
        .hasMessageStartingWith(object.getClass().getName() + " is not serializable")
        .hasMessageNotContaining(advice);
  }

  // ---- where it is

  @Test
  void thePathGoesThroughWhatIsCaptured() {
    LongAdder hits = new LongAdder();
    Bean bean = new Bean(hits);
    assertThat(refused(new Holder(List.of(1, hits))))
        .contains(ME + "$Holder.what -> element 1 of java.util.ImmutableCollections$List12 -> ");
    assertThat(refused(Map.of("k", Optional.of(hits))))
        .contains("the value of k in ", "-> the value of an Optional -> java.util.concurrent");
    assertThat(refused(new Object[] {bean}))
        .contains(
            "element 0 of java.lang.Object[] -> " + ME + "$Bean.what -> java.util.concurrent");
    SerializableCallable<Object> inner = () -> hits;
    assertThat(refused(inner)).contains("refused -> captured variable of a lambda in");
    assertThat(refusedBody(bean)).startsWith(ME + "$Bean.what -> java.util.concurrent");
    ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>();
    assertThat(refused(new Object[] {map, new Bean("for the JDK's serialization")}))
        .contains("element 0 of java.lang.Object[] -> java.util.concurrent.ConcurrentHashMap is ");
    assertThat(refused(List.of(new Bean("for the JDK's serialization"), map)))
        .contains("element 1 of ", " -> java.util.concurrent.ConcurrentHashMap is ");
  }

  @Test
  void whatNoPathLeadsToIsRefusedAllTheSame() {
    Map<String, Boolean> map = new ConcurrentHashMap<>();
    assertThat(refused(Collections.newSetFromMap(map)))
        .startsWith("somewhere in a lambda in " + ME + " -> java.util.concurrent.ConcurrentHashMap")
        .contains("copyOf", "withAllowed");
  }

  // ---- what is not refused

  @Test
  void whatIsNotSentIsNotRefused() throws Exception {
    assertThat(copyOf(new Bean("a")).what).isEqualTo("a");
  }

  @Test
  void copiesOfViewsAreNotRefused() throws Exception {
    ConcurrentHashMap<String, Integer> hashed = new ConcurrentHashMap<>(Map.of("a", 1));
    ConcurrentSkipListMap<String, Integer> sorted = new ConcurrentSkipListMap<>(hashed);
    assertThat(copyOf(hashed.entrySet().iterator().next()).getKey()).isEqualTo("a");
    assertThat(copyOf(sorted.keySet())).containsExactly("a");
    assertThat(copyOf(new Object[] {new Bean("b"), sorted.keySet()})).hasSize(2);
  }

  @Test
  void recordsAndEnumsAreValuesWhateverTheyImplement() throws Exception {
    assertThat(copyOf(new NoLock("a"))).isEqualTo(new NoLock("a"));
    assertThat(copyOf(NoLocks.ONE)).isSameAs(NoLocks.ONE);
    assertThat(copyOf(new Object[] {new Bean("b"), new NoLock("a"), NoLocks.ONE}))
        .contains(new NoLock("a"), NoLocks.ONE);
  }

  interface Unlocked extends ReadWriteLock {
    @Override
    default Lock readLock() {
      throw new UnsupportedOperationException();
    }

    @Override
    default Lock writeLock() {
      throw new UnsupportedOperationException();
    }
  }

  record NoLock(String name) implements Unlocked, Serializable {}

  enum NoLocks implements Unlocked {
    ONE
  }

  /// A handle may be whatever it likes: it is shared.
  static class SharedLock implements Unlocked, Handle {
    @Override
    public int kind() {
      return 1;
    }

    @Override
    public void write(Encoder encoder, Output out) {
      out.putByte(1);
    }
  }

  /// What the calls of a proxy go to.
  static final class Remote extends SharedLock implements InvocationHandler {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void handlesAreNotRefusedAndNotBlamed() {
    SharedLock handle = new SharedLock();
    Object proxy =
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {ConcurrentMap.class}, new Remote());
    for (Object captured : new Object[] {handle, proxy}) {
      SerializableCallable<Object> alone = capturing(captured);
      SerializableCallable<Object> inRecord = capturing(new Holder(captured));
      SerializableCallable<Object> besideBean = capturing(new Object[] {new Bean("b"), captured});
      for (Object body : List.of(alone, inRecord, besideBean)) {
        assertThatNoException().isThrownBy(() -> encoder().encodeBody(body, new Output()));
      }
    }
    assertThat(refused(new Object[] {handle, proxy, new Bean(new Socket())}))
        .endsWith("$Bean.what -> java.net.Socket is not serializable");
  }

  // ---- what is copied on purpose

  @Test
  void aCopyMayHaveLocksAndCountersInsideButTheElementsAreChecked() throws Exception {
    String allowed = "java.util.concurrent.LinkedBlockingQueue";
    LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>(List.of("a", new Bean("b")));
    assertThat(copyOf(queue, allowed)).hasSize(2).contains("a");
    queue.add(new Bean(new AtomicInteger()));
    assertThat(refused(queue, allowed))
        .contains("element 2 of java.util.concurrent.LinkedBlockingQueue -> ")
        .contains("$Bean.what -> java.util.concurrent.atomic.AtomicInteger is made to be shared");
  }

  @Test
  void aConcurrentMapOfCountersNeedsBoth() throws Exception {
    String map = "java.util.concurrent.ConcurrentHashMap";
    String adder = "java.util.concurrent.atomic.LongAdder";
    ConcurrentHashMap<String, LongAdder> counts = new ConcurrentHashMap<>();
    counts.computeIfAbsent("a", _ -> new LongAdder()).increment();
    assertThat(refused(counts, map)).contains("the value of a in ", adder + " is made");
    assertThat(refused(counts, adder)).contains(" -> " + map + " is made to be shared");
    Supplier<Map<String, LongAdder>> copy =
        (Supplier<Map<String, LongAdder>> & Serializable) () -> counts;
    assertThat(new Wire(map, adder).sendBody(copy).get().get("a").sum()).isOne();
  }

  @Test
  void aCopyOfOneBodyAllowsNothingInTheNext() throws Exception {
    Encoder encoder = encoder("java.util.concurrent.LinkedBlockingQueue");
    Map<String, Boolean> map = new ConcurrentHashMap<>();
    SerializableCallable<Object> other = capturing(Collections.newSetFromMap(map)); // has no path

    encoder.encodeBody(capturing(new LinkedBlockingQueue<>(List.of("a"))), out);

    assertThat(
            catchThrowableOfType(
                NotSerializableException.class, () -> encoder.encodeBody(other, out)))
        .hasMessageContaining("copyOf");
    assertThatNoException()
        .as("no body any more")
        .isThrownBy(() -> encoder.encode(new AtomicInteger(), out));
  }

  private static SerializableCallable<Object> capturing(Object captured) {
    return () -> captured;
  }
}
