package dev.tandem.pools.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What a change of a hub's account is followed by is done, or given up after some failures, and
/// never in the way of the rest.
class OwedTest {
  private final Object lock = new Object();
  private final Owed owed = new Owed(lock, 1);
  private final AtomicInteger tries = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();

  private void later(Runnable action) {
    synchronized (lock) {
      owed.later(action);
    }
  }

  private boolean isSome() {
    synchronized (lock) {
      return owed.isSome();
    }
  }

  private void failUntil(int success) {
    if (tries.incrementAndGet() < success) {
      throw new IllegalStateException("as a test wants it");
    }
    done.incrementAndGet();
  }

  @Test
  void failureDoesNotKeepUpTheOthersAndIsGivenUp() {
    later(() -> failUntil(Integer.MAX_VALUE));
    later(done::incrementAndGet);
    owed.pay();

    assertThat(done).hasValue(1);
    Awaitility.await().until(() -> tries.get() == Owed.MOST_TRIES);
    later(done::incrementAndGet);
    owed.pay();
    Awaitility.await().until(() -> !owed.isTryingAgain());
    assertThat(done).hasValue(2);
    assertThat(tries).hasValue(Owed.MOST_TRIES);
    assertThat(isSome()).isFalse();
  }

  @Test
  void failureThatPassesIsMadeUpForWithoutAnotherOperation() {
    later(() -> failUntil(3));
    owed.pay();

    Awaitility.await().until(() -> done.get() == 1);
    assertThat(tries).hasValue(3);
  }

  @Test
  void workerThatCannotBeToldIsLost() {
    TestPeer peer = new TestPeer();
    TestPeer other = new TestPeer();
    other.failures = 0;
    synchronized (lock) {
      owed.ring(peer);
      owed.ring(other);
    }
    owed.pay();

    assertThat(other.rings).hasValue(1);
    Awaitility.await().until(() -> peer.lost != null);
    assertThat(peer.rings).hasValue(Owed.MOST_TRIES);
    assertThat(peer.lost).contains("channel 1");
  }

  private static final class TestPeer implements Peer {
    private final AtomicInteger rings = new AtomicInteger();
    private int failures = Integer.MAX_VALUE;
    private volatile String lost;

    @Override
    public int number() {
      return 1;
    }

    @Override
    public void ring(long channel) {
      if (rings.incrementAndGet() <= failures) {
        throw new StackOverflowError("as a test wants it");
      }
    }

    @Override
    public void lose(String reason) {
      lost = reason;
    }

    @Override
    public boolean isGone() {
      return false;
    }
  }
}
