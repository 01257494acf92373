package dev.tandem.queues;

import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Waiter;
import dev.tandem.testing.LincheckRun;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/// The waits of putters taken apart, as [TakerWaitModel] does those of takers.
public abstract class PutterWaitModel {
  private final BufferedChannel<Integer> channel;
  private final Queue<Waiter> parked = new ConcurrentLinkedQueue<>();

  /// A full channel, with some putters that wait already.
  PutterWaitModel(BufferedChannel<Integer> channel, int waiting) {
    this.channel = channel;
    for (int i = 0; i < channel.capacity(); i++) {
      put();
    }
    for (int i = 0; i < waiting; i++) {
      joinPut();
    }
  }

  @Operation
  public void put() {
    channel.tryPut(1);
  }

  @Operation
  public void take() {
    channel.tryTake();
  }

  @Operation
  public void takeTwo() {
    channel.tryTakeAll(new Object[2], 2);
  }

  @Operation
  public void removeOne() {
    channel.asBlockingQueue().remove(1);
  }

  @Operation
  public void close() {
    channel.setClosed();
    channel.wakeAll();
  }

  /// The steps of awaitPut before its park.
  @Operation
  public void joinPut() {
    Waiter waiter = new Waiter(new Parker(), true);
    channel.putters.add(waiter);
    while (true) {
      if (channel.tryPut(1) != AbstractChannel.FULL) {
        channel.leavePut(waiter);
        return;
      }
      if (channel.armPut(true)) {
        parked.add(waiter);
        return;
      }
    }
  }

  /// The steps of awaitPut after its park and a wake-up; false if no putter was woken.
  @Operation
  public boolean resumePutter() {
    Waiter waiter = TakerWaitModel.claimed(parked);
    if (waiter == null) {
      return false;
    }
    int put = channel.tryPut(1);
    channel.leavePut(waiter);
    if (put == AbstractChannel.FULL) {
      joinPut();
    }
    return true;
  }

  /// An interrupt, or a deadline that has passed: with or without a wake-up.
  @Operation
  public void giveUpPut() {
    Waiter waiter = parked.poll();
    if (waiter != null) {
      channel.leavePut(waiter);
    }
  }

  @Validate
  public void nobodyWaitsInVain() {
    while (resumePutter()) {
      // until all woken putters wait again or have left
    }
    LincheckRun.check("who is listed has no room", parked.isEmpty() || !channel.canPut());
    LincheckRun.check("nobody else is listed", channel.putters.size() == parked.size());
  }
}
