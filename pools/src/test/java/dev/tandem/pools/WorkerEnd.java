package dev.tandem.pools;

import dev.tandem.core.SerializableCallable;
import dev.tandem.queues.Channel;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A task in a worker that acts for threads of this JVM: each call is made by a thread of its own
/// there, which is interrupted when the caller is, and ends here as it did there.
final class WorkerEnd implements AutoCloseable {
  // Orders and answers go through a remote object, as channels are what is tested. A caller parks
  // no sooner than its thread in the worker has, so that tests can see it wait. Until then it
  // yields, and so must be a platform thread: several virtual ones would keep their carriers from
  // the call that brings the answer. In the worker every other call is made by a virtual thread.

  /// A call for a worker.
  interface Act extends Serializable {
    @Nullable Object on(Channel<Object> channel) throws Exception;
  }

  /// What the worker asks of this JVM.
  interface Desk {
    /// {@return what comes next} Waits for it.
    Order next() throws InterruptedException;

    /// Tells how a call stands.
    void tell(long id, Answer answer);
  }

  /// A call to be made, if there is an act; otherwise one to be interrupted, or the end.
  record Order(long id, @Nullable Channel<Object> channel, @Nullable Act act, boolean flag)
      implements Serializable {
    static final Order END = new Order(-1, null, null, false);
  }

  /// How a call stands: it waits, or has ended.
  record Answer(boolean waits, @Nullable Object value, @Nullable Throwable failure, boolean flag)
      implements Serializable {
    static final Answer WAITS = new Answer(true, null, null, false);
  }

  private static final class Call {
    final Thread caller = Thread.currentThread();
    volatile @Nullable Answer answer;

    /// Two threads of the worker tell of a call: that it waits may be said after it has ended.
    synchronized void set(Answer told) {
      if (answer == null || !told.waits()) {
        answer = told;
        LockSupport.unpark(caller);
      }
    }
  }

  private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
  private final Map<Long, Call> calls = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();

  /// Starts the task, which ends with this object.
  WorkerEnd(ProcessPool pool) {
    Desk desk =
        pool.export(
            Desk.class,
            new Desk() {
              @Override
              public Order next() throws InterruptedException {
                return orders.take();
              }

              @Override
              public void tell(long id, Answer answer) {
                Call call = calls.get(id);
                if (call != null) {
                  call.set(answer);
                }
              }
            });
    var _ = pool.submit((SerializableCallable<Void>) () -> work(desk));
  }

  /// Makes a call in the worker.
  ///
  /// @return what it returned there
  /// @throws Exception as it did there
  @Nullable Object call(Channel<Object> channel, Act act) throws Exception {
    long id = ids.incrementAndGet();
    Call call = new Call();
    calls.put(id, call);
    orders.add(new Order(id, channel, act, Thread.interrupted()));
    boolean interrupted = false;
    Answer answer = call.answer;
    while (answer == null || answer.waits()) {
      if (answer == null) {
        Thread.yield();
      } else {
        LockSupport.park(this);
      }
      if (Thread.interrupted()) {
        interrupted = true;
        orders.add(new Order(id, null, null, false));
      }
      answer = call.answer;
    }
    calls.remove(id);
    Throwable failure = answer.failure();
    if (answer.flag() || interrupted && !(failure instanceof InterruptedException)) {
      Thread.currentThread().interrupt();
    }
    switch (failure) {
      case null -> {
        return answer.value();
      }
      case Exception e -> throw e;
      case Error e -> throw e;
      default -> throw new AssertionError(failure);
    }
  }

  @Override
  public void close() {
    orders.add(Order.END);
  }

  // ---- in the worker

  private static @Nullable Void work(Desk desk) throws InterruptedException {
    Map<Long, Thread> running = new ConcurrentHashMap<>();
    Thread watcher = Thread.ofPlatform().daemon().start(() -> watch(desk, running));
    for (Order order = desk.next(); order.id() != Order.END.id(); order = desk.next()) {
      if (order.act() == null) {
        // under the map's lock: none reaches a thread that has ended its call, and tells of it
        synchronized (running) {
          Thread thread = running.get(order.id());
          if (thread != null) {
            thread.interrupt();
          }
        }
      } else {
        start(desk, running, order);
      }
    }
    watcher.interrupt();
    return null;
  }

  private static void start(Desk desk, Map<Long, Thread> running, Order order) {
    Runnable body =
        () -> {
          desk.tell(order.id(), answer(running, order));
        };
    Thread thread =
        order.id() % 2 == 0
            ? Thread.ofVirtual().unstarted(body)
            : Thread.ofPlatform().unstarted(body);
    running.put(order.id(), thread);
    thread.start();
  }

  private static Answer answer(Map<Long, Thread> running, Order order) {
    if (order.flag()) {
      Thread.currentThread().interrupt();
    }
    Object value = null;
    Throwable failure = null;
    try {
      value = order.act().on(order.channel());
    } catch (Throwable e) {
      failure = e;
    }
    synchronized (running) {
      running.remove(order.id());
      return new Answer(false, value, failure, Thread.interrupted());
    }
  }

  /// Tells of each thread, once, that it waits in a channel.
  private static void watch(Desk desk, Map<Long, Thread> running) {
    Map<Long, Thread> told = new ConcurrentHashMap<>();
    while (!Thread.interrupted()) {
      running.forEach((id, thread) -> {
        if (!told.containsKey(id) && waits(thread)) {
          told.put(id, thread);
          desk.tell(id, Answer.WAITS);
        }
      });
      told.keySet().retainAll(running.keySet());
      LockSupport.parkNanos(200_000);
    }
  }

  private static boolean waits(Thread thread) {
    Thread.State state = thread.getState();
    if (state != Thread.State.WAITING && state != Thread.State.TIMED_WAITING) {
      return false;
    }
    List<String> frames =
        Arrays.stream(thread.getStackTrace()).map(StackTraceElement::getClassName).toList();
    return frames.contains("dev.tandem.queues.internal.Parker")
        && !frames.contains("dev.tandem.pools.internal.share.CallClient");
  }
}
