package dev.tandem.cluster.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.IExecutorService;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.spi.exception.TargetDisconnectedException;
import dev.tandem.testing.StressRounds;
import java.lang.reflect.Proxy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Errands of several threads go to members without Hazelcast, which answer late, in any order,
/// with failures, refusals and losses, and which join and leave: each errand has one outcome and is
/// gone once, none hangs, and nothing is in flight in the end.
@Timeout(value = 1, unit = TimeUnit.HOURS) // the rounds are bounded; how many, the user says
class DispatcherStressTest {
  private static final int SUBMITTERS = 3;
  private static final int ERRANDS = 60;
  private static final int ANSWERERS = 2;
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void eachErrandHasOneOutcomeAndIsGoneOnce() {
    StressRounds.play("a cluster's dispatcher", 1, random -> new Round(random).play());
  }

  private static ConditionFactory soon() {
    return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).atMost(LONG);
  }

  @FunctionalInterface
  private interface Answers {
    Object to(String method, Object[] arguments);
  }

  private static <T> T fake(Class<T> type, Answers answers) {
    Object fake =
        Proxy.newProxyInstance(
            DispatcherStressTest.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> answers.to(method.getName(), arguments));
    return type.cast(fake);
  }

  /// What has been sent to a member.
  private record Sent(UUID member, CompletableFuture<byte[]> answer) {}

  private static final class Round {
    private final Random random;
    private final boolean endsEarly;
    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Queue<TestErrand> all = new ConcurrentLinkedQueue<>();
    private final Map<UUID, Member> members = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Dispatcher dispatcher;
    private volatile Set<UUID> left = Set.of(); // those whose departure the dispatcher knows

    Round(Random random) {
      this.random = random;
      this.endsEarly = random.nextInt(8) == 0;
      int maxInFlight = 1 + random.nextInt(6);
      dispatcher =
          new Dispatcher(
              hazelcast(),
              UUID.randomUUID(),
              ClusterOptions.of(cf -> cf.withMaxInFlight(maxInFlight)));
    }

    private HazelcastInstance hazelcast() {
      IExecutorService bodies = fake(IExecutorService.class, (_, to) -> submit((Member) to[1]));
      IExecutorService control =
          fake(IExecutorService.class, (_, _) -> CompletableFuture.completedFuture(null));
      return fake(
          HazelcastInstance.class,
          (_, name) -> NodeOptions.CONTROL.equals(name[0]) ? control : bodies);
    }

    private CompletableFuture<byte[]> submit(Member to) {
      int now = numbers.incrementAndGet();
      if (now % 29 == 0) {
        throw new RejectedExecutionException("not sent");
      }
      if (now % 31 == 0) {
        throw new HazelcastInstanceNotActiveException("not sent");
      }
      var answer = new CompletableFuture<byte[]>();
      if (now % 7 == 0) {
        answer.complete(Reply.of(Wire.OUTCOME)); // before the sender has it
      } else {
        sent.add(new Sent(to.getUuid(), answer));
      }
      return answer;
    }

    private Member member(boolean local) {
      int number = numbers.incrementAndGet();
      UUID id = new UUID(0, number);
      try {
        Address address = new Address("127.0.0.1", number % 60000);
        return fake(
            Member.class,
            (method, _) ->
                switch (method) {
                  case "getUuid" -> id;
                  case "getAddress" -> address;
                  case "localMember" -> local;
                  default -> method;
                });
      } catch (UnknownHostException impossible) {
        throw new AssertionError(impossible);
      }
    }

    void play() throws Exception {
      List<Thread> submitters = new ArrayList<>();
      List<Thread> others = new ArrayList<>();
      for (int i = 0; i < SUBMITTERS; i++) {
        submitters.add(start(this::submitAndCancel));
      }
      for (int i = 0; i < ANSWERERS; i++) {
        others.add(start(this::answer));
      }
      others.add(start(this::joinAndLeave));
      try {
        for (Thread each : submitters) {
          each.join();
        }
        if (endsEarly) {
          dispatcher.end("the round is over");
        }
        soon().until(() -> all.stream().allMatch(TestErrand::isGone));
      } finally {
        over.set(true);
        for (Thread each : others) {
          each.join();
        }
      }
      assertThat(failures).isEmpty();
      // a thread may have told an errand, and be about to tell it again
      soon().until(() -> dispatcher.underWay().isEmpty());
      assertThat(all)
          .allSatisfy(errand -> {
            assertThat(errand.outcomes).as("outcomes").hasValue(1);
            assertThat(errand.gone).as("gone").hasValue(1);
          });
      assertThat(dispatcher.members()).allMatch(member -> member.inFlight() == 0);
      assertThat(dispatcher.drain("the round is over")).allMatch(Errand::isDecided);
      countsAreZero();
    }

    /// With the most in flight again, nothing that was counted keeps a later errand waiting.
    private void countsAreZero() {
      if (endsEarly) {
        return;
      }
      sent.clear();
      dispatcher.joined(new MemberState(member(false), 1000, _ -> {}));
      List<TestErrand> more = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        TestErrand errand = new TestErrand(1000, false);
        more.add(errand);
        dispatcher.add(errand);
      }
      soon()
          .until(() -> {
            for (Sent next; (next = sent.poll()) != null; ) {
              next.answer.complete(Reply.of(Wire.OUTCOME));
            }
            return more.stream().allMatch(TestErrand::isGone);
          });
    }

    private Thread start(StressRounds.Round part) {
      Random own = new Random(random.nextLong());
      return Thread.ofPlatform()
          .start(() -> {
            try {
              part.play(own);
            } catch (Throwable e) {
              failures.add(e);
            }
          });
    }

    // ---- what the threads do

    private void submitAndCancel(Random own) {
      List<TestErrand> mine = new ArrayList<>();
      for (int i = 0; i < ERRANDS; i++) {
        TestErrand errand = new TestErrand(own.nextInt(4), own.nextBoolean());
        errand.unwanted = left;
        mine.add(errand);
        all.add(errand);
        dispatcher.add(errand);
        if (own.nextInt(4) == 0) {
          mine.get(own.nextInt(mine.size())).cancel();
        }
        if (own.nextInt(16) == 0) { // quiet: all that was sent is answered
          soon().until(() -> mine.stream().allMatch(TestErrand::isGone));
        }
      }
    }

    private void answer(Random own) {
      List<Sent> mine = new ArrayList<>();
      while (!over.get()) {
        for (Sent next; (next = sent.poll()) != null; ) {
          mine.add(next);
        }
        if (mine.isEmpty()) {
          LockSupport.parkNanos(10_000);
          continue;
        }
        Sent next = mine.remove(own.nextInt(mine.size()));
        switch (own.nextInt(12)) {
          case 0 -> next.answer.completeExceptionally(new MemberLeftException("lost"));
          case 1 -> next.answer.completeExceptionally(new TargetDisconnectedException("lost"));
          case 2 ->
              next.answer.completeExceptionally(
                  new CompletionException(new IllegalStateException("a failure")));
          case 3 -> {
            next.answer.complete(Reply.of(Wire.DRAINING));
            leave(next.member);
          }
          case 4 -> leave(next.member); // and is never answered
          default -> next.answer.complete(Reply.of(Wire.OUTCOME));
        }
      }
    }

    private void joinAndLeave(Random own) {
      while (!over.get()) {
        if (members.size() < 1 + own.nextInt(3)) {
          Member member = member(own.nextInt(4) == 0);
          members.put(member.getUuid(), member);
          dispatcher.joined(new MemberState(member, 1 + own.nextInt(3), _ -> {}));
        } else if (own.nextInt(20) == 0) {
          members.keySet().stream().findFirst().ifPresent(this::leave);
        }
        LockSupport.parkNanos(own.nextInt(200_000));
      }
    }

    private void leave(UUID member) {
      if (members.remove(member) != null) {
        dispatcher.left(member);
        synchronized (this) {
          Set<UUID> more = new HashSet<>(left);
          more.add(member);
          left = more;
        }
      }
    }

    /// Counts what it is told.
    private final class TestErrand extends Errand {
      private final boolean waits;
      private final AtomicInteger outcomes = new AtomicInteger();
      private final AtomicInteger gone = new AtomicInteger();
      private volatile boolean cancelled;
      private Set<UUID> unwanted = Set.of(); // members that had left before it was added

      TestErrand(int retries, boolean waits) {
        super(retries);
        this.waits = waits;
      }

      boolean isGone() {
        return gone.get() > 0 && outcomes.get() > 0;
      }

      /// Does what `ClusterRun.cancel` does.
      void cancel() {
        Before before = decideNow();
        if (before == Before.DECIDED) {
          return;
        }
        cancelled = true;
        outcomes.incrementAndGet();
        if (before == Before.WAITING) {
          gone();
          dispatcher.decidedHere();
        } else {
          Attempt attempt = last();
          if (attempt != null) {
            dispatcher.stop(attempt);
          }
        }
      }

      @Override
      byte[] request(Attempt attempt) {
        return new byte[0];
      }

      @Override
      boolean mayWaitThere() {
        return waits;
      }

      @Override
      void begun(Attempt attempt) {
        if (unwanted.contains(attempt.member.member.getUuid())) {
          failures.add(new AssertionError("sent to a member that has left"));
        }
      }

      @Override
      void answered(Attempt attempt, byte[] reply) {
        told();
      }

      @Override
      void failed(Throwable failure) {
        told();
        if (failure instanceof MemberLeftException
            || failure instanceof TargetDisconnectedException) {
          failures.add(new AssertionError("a loss, told as a failure", failure));
        }
      }

      private void told() {
        if (cancelled) {
          failures.add(new AssertionError("an outcome after the cancellation"));
        }
        outcomes.incrementAndGet();
      }

      @Override
      void gone() {
        gone.incrementAndGet();
      }
    }
  }
}
