package dev.tandem.queues;

import static dev.tandem.queues.Checks.notNegative;
import static dev.tandem.queues.Checks.notNull;

import dev.tandem.queues.internal.StackProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes of many elements: a drain, whose action gets each element that was taken, a move to a
/// collection, which may refuse elements, and the rest after a close.
final class BatchTake {
  private BatchTake() {}

  /// Drains as [Source#drain(Consumer, int)] does.
  static <E> int drain(AbstractChannel<E> channel, Consumer<? super E> action, int max) {
    notNull(action, "action");
    int taken = notNegative(max, "max") == 0 ? 0 : drainNow(channel, action, max);
    if (taken == AbstractChannel.CLOSED) {
      throw channel.closed("there is nothing left to take");
    }
    return taken;
  }

  /// Drains as [Source#drain(Consumer, int, Duration)] does.
  static <E> int drain(
      AbstractChannel<E> channel, Consumer<? super E> action, int max, Duration duration)
      throws InterruptedException {
    notNull(action, "action");
    notNull(duration, "duration");
    AbstractChannel.checkInterrupt();
    int taken = drain(channel, action, max);
    if (taken > 0 || max == 0) {
      return taken;
    }
    E first = channel.poll(duration);
    if (first == null) {
      return 0;
    }
    action.accept(first);
    return max == 1 ? 1 : 1 + Math.max(0, drainNow(channel, action, max - 1));
  }

  /// Removes all elements of a channel that holds some.
  static void discard(AbstractChannel<?> channel) {
    if (channel.size() > 0) {
      drainNow(channel, _ -> {}, Integer.MAX_VALUE);
    }
  }

  /// Drains without waiting. Returns the number of elements, or CLOSED if there was only the end.
  private static <E> int drainNow(AbstractChannel<E> channel, Consumer<? super E> action, int max) {
    channel.checkConsumer();
    int most = most(channel, max);
    @Nullable Object[] batch = new Object[Math.min(most, AbstractChannel.BATCH)];
    // Allocated now: elements that have been taken must not be lost for want of memory.
    FirstFailure failures = new FirstFailure();
    int taken = 0;
    while (taken < most) {
      int count = channel.tryTakeAll(batch, Math.min(batch.length, most - taken));
      if (count <= 0) {
        return taken == 0 ? count : taken;
      }
      // The action gets all of them, also after it has failed: no other thread can take them.
      for (int i = 0; i < count; i++) {
        E element = channel.element(notNull(batch[i], "element"));
        batch[i] = null;
        try {
          action.accept(element);
        } catch (Throwable t) {
          failures.add(t);
        }
      }
      failures.throwIfAny();
      taken += count;
    }
    return taken;
  }

  /// Returns about as many as there are now, so that elements which the action or other threads put
  /// meanwhile cannot keep a drain up. A small maximum is bound enough, and spares a look at the
  /// putters' word.
  private static int most(AbstractChannel<?> channel, int max) {
    int batch = AbstractChannel.BATCH;
    return max <= batch ? max : Math.min(max, Math.max(batch, channel.atHand()));
  }

  /// Moves the elements that are there to a collection that may refuse them. Returns how many it
  /// accepted.
  static <E> int drainTo(AbstractChannel<E> channel, Collection<? super E> target, int max) {
    channel.checkConsumer();
    Interior<E> interior = channel.interior();
    int most = most(channel, max);
    int moved = 0;
    HeldBatch batch = new HeldBatch(Math.min(most, AbstractChannel.BATCH));
    while (moved < most) {
      batch.reset(most - moved);
      interior.hold(batch);
      if (batch.count == 0) {
        return moved;
      }
      try {
        while (batch.left() > 0) {
          target.add(channel.element(notNull(batch.elements[batch.next], "element")));
          batch.pass();
        }
      } finally {
        interior.settle(batch);
      }
      moved += batch.count;
    }
    return moved;
  }

  /// Takes the elements that are left after a close, counts them as done, and gives each to the
  /// action.
  static <E> List<E> rest(
      AbstractChannel<E> channel, DoneCount done, @Nullable Consumer<? super E> undelivered) {
    // Nothing is put any more, so there is room for all before the first is taken: if the memory
    // does not suffice, they stay where they are.
    List<E> left = new ArrayList<>(channel.atHand());
    FirstFailure failures = new FirstFailure();
    StackProbe.check();
    channel.takeRest(left);
    done.handedBack(left.size());
    for (int i = 0; undelivered != null && i < left.size(); i++) {
      try {
        undelivered.accept(left.get(i));
      } catch (Throwable t) {
        failures.add(t);
      }
    }
    failures.throwIfAny();
    return left;
  }
}
