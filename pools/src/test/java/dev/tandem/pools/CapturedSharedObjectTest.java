package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.core.ContextPropagator;
import dev.tandem.core.SerializableRunnable;
import dev.tandem.core.Task;
import java.io.NotSerializableException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A counter, map or lock of this process that a body for a worker captures: the worker would
/// change a copy.
class CapturedSharedObjectTest {
  private static final String ADDER = "java.util.concurrent.atomic.LongAdder";
  private static final String MAP = "java.util.concurrent.ConcurrentHashMap";

  private static final ThreadLocal<LongAdder> HITS = new ThreadLocal<>();

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  @Test
  void eachWayToSubmitRefusesIt() {
    ProcessPool pool = probe.open(1);
    LongAdder hits = new LongAdder();
    AtomicInteger result = new AtomicInteger();
    SerializableRunnable set = () -> result.set(1);

    List<Future<?>> refused =
        List.of(
            probe.watch(pool.submit(() -> hits.increment())),
            probe.watch(pool.submit(() -> hits.sum())),
            probe.watch(pool.submit(set, result)),
            probe.watch(pool.submit(Task.of("count", () -> hits.increment()))));

    for (Future<?> future : refused) {
      assertThat(future).isDone();
      assertThat(Failures.cause(future, NotSerializableException.class))
          .hasMessageContainingAll("captured variable of a lambda in", "ProcessPool.newLong");
    }
    assertThatThrownBy(() -> pool.execute(() -> hits.increment()))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContainingAll(ADDER, "ProcessPool.newLong", "withAllowed(\"" + ADDER + "\")");
  }

  @Test
  void theFunctionOfAMapRefusesIt() {
    ProcessPool pool = probe.open(1);
    Map<String, Integer> lengths = new ConcurrentHashMap<>();

    assertThatThrownBy(
            () -> pool.forEach(List.of("a", "bb"), word -> lengths.put(word, word.length())))
        .hasRootCauseInstanceOf(NotSerializableException.class)
        .hasStackTraceContaining(MAP + " is made to be shared");
    Throwable thrown =
        catchThrowable(() -> {
          try (Stream<Integer> all = pool.map(List.of("a"), word -> lengths.get(word))) {
            var _ = all.toList();
          }
        });
    assertThat(thrown).hasStackTraceContaining("theFunctionOfAMapRefusesIt -> " + MAP);
  }

  @Test
  void theInitializerAndTheContextRefuseIt() {
    LongAdder starts = new LongAdder();
    assertThatThrownBy(() -> probe.open(1, cf -> cf.withInitializer(() -> starts.increment())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("initializer", ADDER, "ProcessPool.newLong");

    ProcessPool pool =
        probe.open(1, cf -> cf.withContext(ContextPropagator.threadLocal(() -> HITS)));
    HITS.set(new LongAdder());
    try {
      assertThat(Failures.cause(probe.watch(pool.submit(Work::pid))))
          .isInstanceOf(NotSerializableException.class)
          .hasMessageContaining(ADDER);
    } finally {
      HITS.remove();
    }
  }

  @Test
  void whatIsHandedOverIsNotRefused() throws Exception {
    ProcessPool pool = probe.open(1);

    Map<String, Integer> filled =
        pool.submit(
                () -> {
                  Map<String, Integer> lengths = new ConcurrentHashMap<>();
                  lengths.put("bb", 2);
                  return lengths;
                })
            .get(20, TimeUnit.SECONDS);
    assertThat(filled).isInstanceOf(ConcurrentHashMap.class).containsOnly(Map.entry("bb", 2));
    try (Stream<Integer> sizes = pool.map(List.of(filled), map -> map.size())) {
      assertThat(sizes).containsExactly(1);
    }
    try (Stream<LongAdder> sums = pool.map(List.of(1, 2), n -> sumTo(n))) {
      assertThat(sums.map(LongAdder::sum)).containsExactly(1L, 3L);
    }
  }

  private static LongAdder sumTo(int last) {
    LongAdder sum = new LongAdder();
    for (int i = 1; i <= last; i++) {
      sum.add(i);
    }
    return sum;
  }

  @Test
  void copiesAreSentOnPurpose() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withAllowed(MAP).withAllowed(ADDER));
    Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    counts.computeIfAbsent("a", _ -> new LongAdder()).add(5);

    Future<Long> sum = probe.watch(pool.submit(() -> counts.get("a").sum()));

    assertThat(sum.get(20, TimeUnit.SECONDS)).isEqualTo(5);
  }
}
