package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tandem.Tandem;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.queues.Channel;
import dev.tandem.structured.TaskScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The JSON of a dump, read by a parser that Tandem does not have. */
class DumpJsonTest {
  private final CountDownLatch go = new CountDownLatch(1);

  private static JsonObject dump() {
    return JsonParser.parseString(Tandem.dumpJson()).getAsJsonObject();
  }

  private static Stream<JsonObject> all(JsonObject in, String list) {
    return in.getAsJsonArray(list).asList().stream().map(JsonElement::getAsJsonObject);
  }

  private static JsonObject one(JsonObject in, String list, Predicate<JsonObject> which) {
    return all(in, list).filter(which).findFirst().orElseThrow();
  }

  private static Predicate<JsonObject> named(String name) {
    return entry -> entry.get("name").getAsString().equals(name);
  }

  @Test
  void aRunningTaskHasItsNameItsThreadItsAgeAndItsStack() {
    String odd = "a \"b\" \\ \n\t\u0001 ä 漢 \ud83d\ude00";
    try (var pool = Tandem.newThreadPool(2, cf -> cf.withName(odd))) {
      pool.submit(Task.of(odd, () -> go.await(1, TimeUnit.HOURS)));
      pool.submit(this::waitHere);
      await().until(() -> pool.stats().running() == 2);
      Tandem.dump(); // sees the second for the first time
      await()
          .untilAsserted(() -> {
            var executor = one(dump(), "executors", named(odd));
            var task = one(executor, "tasks", named(odd));
            assertThat(task.get("ageMillis").getAsLong()).isPositive();
            assertThat(task.get("atLeastMillis").isJsonNull()).isTrue();
            assertThat(task.get("threadId").getAsLong()).isPositive();
            assertThat(task.get("stack").toString()).contains("DumpJsonTest");
            var unnamed = one(executor, "tasks", named(odd + "-2"));
            assertThat(unnamed.get("ageMillis").isJsonNull()).isTrue();
            assertThat(unnamed.get("atLeastMillis").getAsLong()).isPositive();
          });
      go.countDown();
    }
  }

  private Void waitHere() throws InterruptedException {
    go.await();
    return null;
  }

  @Test
  void theFirstDumpKnowsNoAgeOfATaskWithoutAName() {
    try (var pool = Tandem.newThreadPool(1, cf -> cf.withName("first"))) {
      pool.submit(this::waitHere);
      await().until(() -> pool.stats().running() == 1);
      var tasks = all(one(dump(), "executors", named("first")), "tasks").toList();
      assertThat(tasks)
          .allMatch(task -> task.get("ageMillis").isJsonNull())
          .allMatch(task -> task.get("atLeastMillis").isJsonNull());
      go.countDown();
    }
  }

  @Test
  void aSubtaskThatHasEndedIsNotShown() throws Exception {
    try (var scope = TaskScope.open(cf -> cf.withName("mixed"))) {
      var ended = scope.fork("ended", () -> 1);
      scope.fork("runs", () -> go.await(1, TimeUnit.HOURS));
      await().until(() -> ended.state() == TaskScope.Subtask.State.SUCCESS);
      var mixed = one(dump(), "scopes", named("mixed"));
      assertThat(all(mixed, "subtasks").map(each -> each.get("name").getAsString()))
          .containsExactly("mixed/runs-2");
      assertThat(Tandem.dump()).doesNotContain("mixed/ended");
      go.countDown();
      scope.join();
    }
  }

  @Test
  void aSubtaskSaysWhereItRuns() throws Exception {
    try (var threads = Tandem.newThreadPool(1, cf -> cf.withName("local"));
        var processes = Tandem.newProcessPool(1, cf -> cf.withName("far").withMaxHeap(96L << 20));
        var scope = TaskScope.open(cf -> cf.withName("order"))) {
      scope.forkOn(threads, "near", () -> inner(go));
      scope.forkOn(processes, "far", () -> Words.matchesForEver());
      await()
          .atMost(Duration.ofSeconds(40)) // a worker has to start
          .ignoreExceptions() // what is null until it runs
          .untilAsserted(() -> {
            JsonObject dump = dump();
            var order = one(dump, "scopes", named("order"));
            assertThat(order.get("parent").isJsonNull()).isTrue();
            var far = one(order, "subtasks", named("order/far-2"));
            var worker =
                one(
                    one(dump, "executors", named("far")),
                    "workers",
                    w -> w.get("number").getAsInt() == 1);
            assertThat(far.get("executor").getAsString()).isEqualTo("far");
            assertThat(far.get("pid").getAsLong()).isEqualTo(worker.get("pid").getAsLong());
            assertThat(far.get("state").getAsString()).isEqualTo("running");
            assertThat(worker.get("heapLimitBytes").getAsLong()).isEqualTo(96L << 20);
            assertThat(worker.get("state").getAsString()).isEqualTo("BUSY");
            assertThat(
                    one(worker, "running", named("order/far-2").or(named("far")))
                        .get("ageMillis")
                        .getAsLong())
                .isPositive();
            var near = one(order, "subtasks", named("order/near-1"));
            assertThat(near.get("executor").getAsString()).isEqualTo("local");
            assertThat(near.get("pid").isJsonNull()).isTrue();
            assertThat(all(dump, "scopes").anyMatch(named("inside"))).isTrue();
            assertThat(Tandem.dump()).contains(", on far (pid " + worker.get("pid") + ")");
          });
      go.countDown();
      processes.killWorkers();
      scope.cancel();
    }
  }

  private static boolean inner(CountDownLatch go) throws Exception {
    try (var scope = TaskScope.open(cf -> cf.withName("inside"))) {
      scope.fork(() -> go.await(1, TimeUnit.HOURS));
      scope.join();
    }
    return true;
  }

  @Test
  void aChannelSaysWhoWaits() throws Exception {
    Channel<Integer> full = Tandem.newChannel(1, cf -> cf.withName("full"));
    Channel<Integer> unnamed = Channel.rendezvous();
    full.put(1);
    Thread putter = Thread.ofVirtual().name("the putter").start(() -> put(full));
    Thread taker = Thread.ofPlatform().name("the taker").start(() -> take(unnamed));
    await()
        .untilAsserted(() -> {
          var channel = one(dump(), "channels", named("full"));
          assertThat(channel.get("kind").getAsString()).isEqualTo("bounded");
          assertThat(channel.get("size").getAsInt()).isEqualTo(1);
          assertThat(channel.get("capacity").getAsInt()).isEqualTo(1);
          assertThat(channel.get("waitingToPut").getAsInt()).isEqualTo(1);
          assertThat(channel.get("putters").getAsString()).isEqualTo("the putter");
          assertThat(Tandem.dump())
              .contains(
                  "channel 'full' (bounded): 1 of 1, 1 put, 0 taken, 1 wait to put (the putter)")
              .contains("(rendezvous): 0 of 0, 0 put, 0 taken, 1 wait to take (the taker)");
        });
    assertThat(full.take() + full.take()).isEqualTo(3);
    unnamed.put(5);
    putter.join();
    taker.join();
    full.close();
    unnamed.close();
    assertThat(all(dump(), "channels").anyMatch(named("full"))).isFalse();
  }

  private static void put(Channel<Integer> to) {
    try {
      to.put(2);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void take(Channel<Integer> from) {
    try {
      from.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aPoolsChannelIsInTheDumpOnce() throws Exception {
    try (var pool = Tandem.newProcessPool(1, cf -> cf.withName("sharing"))) {
      Channel<Integer> channel = pool.newChannel(3, cf -> cf.withName("between"));
      channel.put(1);
      JsonObject dump = dump();
      var shown = one(one(dump, "executors", named("sharing")), "channels", named("between"));
      assertThat(shown.get("size").getAsInt()).isEqualTo(1);
      assertThat(all(dump, "channels").anyMatch(named("between"))).isFalse();
      channel.closeNow();
    }
  }

  @Test
  void anOrderThatHangsDoesNotHangTheDump() throws Exception {
    CountDownLatch comparing = new CountDownLatch(1);
    Comparator<Integer> slow =
        (a, b) -> {
          comparing.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return a.compareTo(b);
        };
    Channel<Integer> hung = Channel.priority(5, slow, cf -> cf.withName("hung"));
    hung.put(1);
    Thread putter = Thread.ofPlatform().start(() -> put(hung));
    comparing.await();
    try {
      assertThat(one(dump(), "channels", named("hung")).get("kind").getAsString())
          .isEqualTo("priority");
    } finally {
      go.countDown();
      putter.join();
    }
  }

  @Test
  void aThreadThatCannotBeShownIsOneLine() {
    class Unspeakable extends Thread {
      Unspeakable(Runnable run) {
        super(run);
      }

      @Override
      public StackTraceElement[] getStackTrace() {
        throw new IllegalStateException("no stack");
      }
    }
    try (var own = Executors.newFixedThreadPool(1, Unspeakable::new);
        var pool = Tandem.taskExecutor(own, cf -> cf.withName("unspeakable"))) {
      pool.submit(Task.of("shy", () -> go.await(1, TimeUnit.HOURS)));
      await()
          .untilAsserted(() -> {
            var shy = one(one(dump(), "executors", named("unspeakable")), "tasks", named("shy"));
            assertThat(shy.get("error").getAsString()).contains("no stack");
          });
      go.countDown();
    }
  }

  @Test
  void scopesOfAnyDepthAreAFlatListForParsers() {
    int depth = 20_000;
    List<TaskScope<?, ?, ?>> open = new ArrayList<>();
    try {
      for (int i = 0; i < depth; i++) {
        open.add(TaskScope.open());
      }
      JsonObject dump = dump();
      long me = Thread.currentThread().threadId();
      List<JsonObject> mine =
          all(dump, "scopes").filter(s -> s.get("ownerThreadId").getAsLong() == me).toList();
      assertThat(mine).hasSize(depth);
      for (int i = 1; i < depth; i++) {
        assertThat(mine.get(i).get("parent")).isEqualTo(mine.get(i - 1).get("id"));
      }
      assertThat(Tandem.dump()).contains("(level " + (depth - 1) + ")");
    } finally {
      open.reversed().forEach(TaskScope::close);
    }
  }

  @Test
  void whatIsLeftOutIsCounted() {
    try (var net = Tandem.newVirtualThreadExecutor(cf -> cf.withName("crowd"))) {
      for (int i = 0; i < 1_500; i++) {
        net.submit(this::waitHere);
      }
      await().until(() -> net.stats().running() == 1_500);
      var crowd = one(dump(), "executors", named("crowd"));
      assertThat(crowd.getAsJsonArray("tasks")).hasSize(1_000);
      assertThat(crowd.get("tasksLeftOut").getAsInt()).isEqualTo(500);
      assertThat(Tandem.dump()).contains("... and 1400 more");
      go.countDown();
    }
  }

  @Test
  void dumpsAreWholeWhileEverythingChanges() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (var all = Executors.newCachedThreadPool()) {
      List<Future<?>> parts = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        parts.add(
            all.submit(() -> {
              while (!over.get()) {
                churn();
              }
              return null;
            }));
      }
      List<Future<?>> dumpers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        dumpers.add(
            all.submit(() -> {
              for (int n = 0; n < 60; n++) {
                assertThat(dump().keySet()).contains("executors", "scopes", "channels");
                assertThat(Tandem.dump()).startsWith("Tandem: ").doesNotContain("cannot be shown");
              }
            }));
      }
      try {
        for (Future<?> dumper : dumpers) {
          dumper.get();
        }
      } finally {
        over.set(true);
      }
      for (Future<?> part : parts) {
        part.get();
      }
    }
  }

  private static void churn() throws Exception {
    try (TaskExecutor pool = Tandem.newThreadPool(2, cf -> cf.withName("churn"));
        TaskExecutor net = Tandem.newVirtualThreadExecutor();
        var scope = TaskScope.open(cf -> cf.withName("churn"))) {
      Channel<Integer> meeting = Channel.rendezvous();
      for (int i = 0; i < 20; i++) {
        pool.submit(Task.of("named", () -> 1));
        net.submit(() -> 2);
        scope.fork("taker", () -> meeting.take());
        scope.forkOn(net, "putter", () -> put(meeting));
      }
      scope.join();
    }
  }
}
