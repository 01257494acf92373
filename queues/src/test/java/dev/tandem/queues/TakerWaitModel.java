package dev.tandem.queues;

import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Waiter;
import dev.tandem.testing.LincheckRun;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/// The waits of takers taken apart: joining up to the park, and what follows it, are steps of their
/// own, which any thread may do. So Lincheck needs no park, and a wake-up that is lost shows when
/// all is quiet: a taker is listed, no waker has claimed it, and it need not wait.
public abstract class TakerWaitModel {
  private final BufferedChannel<Integer> channel;
  private final Queue<Waiter> parked = new ConcurrentLinkedQueue<>();

  /// A channel with some takers that wait already.
  TakerWaitModel(BufferedChannel<Integer> channel, int waiting) {
    this.channel = channel;
    for (int i = 0; i < waiting; i++) {
      joinTake();
    }
  }

  @Operation
  public void put() {
    channel.tryPut(1);
  }

  @Operation
  public void putTwo() {
    channel.tryPutAll(new Object[] {1, 1}, 0);
  }

  @Operation
  public void take() {
    channel.tryTake();
  }

  @Operation
  public void close() {
    channel.setClosed();
    channel.wakeAll();
  }

  /// The steps of awaitTake before its park.
  @Operation
  public void joinTake() {
    Waiter waiter = new Waiter(new Parker(), true);
    channel.takers.add(waiter);
    while (true) {
      if (channel.tryTake() != null) {
        channel.leaveTake(waiter);
        return;
      }
      if (channel.armTake()) {
        parked.add(waiter);
        return;
      }
    }
  }

  /// The steps of awaitTake after its park and a wake-up; false if no taker was woken.
  @Operation
  public boolean resumeTaker() {
    Waiter waiter = claimed(parked);
    if (waiter == null) {
      return false;
    }
    Object taken = channel.tryTake();
    channel.leaveTake(waiter);
    if (taken == null) {
      joinTake();
    }
    return true;
  }

  /// An interrupt, or a deadline that has passed: with or without a wake-up.
  @Operation
  public void giveUpTake() {
    Waiter waiter = parked.poll();
    if (waiter != null) {
      channel.leaveTake(waiter);
    }
  }

  static Waiter claimed(Queue<Waiter> waiters) {
    for (Waiter waiter : waiters) {
      if (waiter.parker().winner() != null && waiters.remove(waiter)) {
        return waiter;
      }
    }
    return null;
  }

  @Validate
  public void nobodyWaitsInVain() {
    while (resumeTaker()) {
      // until all woken takers wait again or have left
    }
    LincheckRun.check("who is listed has nothing to take", parked.isEmpty() || !channel.canTake());
    LincheckRun.check("nobody else is listed", channel.takers.size() == parked.size());
  }
}
