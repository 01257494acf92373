package dev.tandem.pools;

import dev.tandem.pools.WorkerEnd.Act;
import dev.tandem.queues.Channel;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A channel between processes whose consumer, producer or both act in workers.
@SuppressWarnings("unchecked") // a channel of anything
final class ForwardedChannel implements InvocationHandler {
  private static final AtomicLong ITERATORS = new AtomicLong();

  /// In a worker.
  private static final Map<Long, Iterator<Object>> OPEN = new ConcurrentHashMap<>();

  private final Channel<Object> channel;
  private final @Nullable WorkerEnd producer;
  private final @Nullable WorkerEnd consumer;

  private ForwardedChannel(
      Channel<Object> channel, @Nullable WorkerEnd producer, @Nullable WorkerEnd consumer) {
    this.channel = channel;
    this.producer = producer;
    this.consumer = consumer;
  }

  /// {@return a channel whose producer acts at the first end, and its consumer at the second}
  ///
  /// @param producer an end in a worker, or null for this JVM
  /// @param consumer an end in a worker, or null for this JVM
  static <E> Channel<E> of(
      Channel<E> channel, @Nullable WorkerEnd producer, @Nullable WorkerEnd consumer) {
    return (Channel<E>)
        Proxy.newProxyInstance(
            ForwardedChannel.class.getClassLoader(),
            new Class<?>[] {Channel.class},
            new ForwardedChannel((Channel<Object>) channel, producer, consumer));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    WorkerEnd end =
        switch (method.getName()) {
          case "put", "offer", "putAll", "close", "closeExceptionally" -> producer;
          default -> consumer;
        };
    Act act = end == null ? null : act(method.getName(), args == null ? new Object[0] : args);
    if (act != null) {
      return result(end, method.getName(), act, args);
    }
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(proxy, method, args);
    }
    try {
      return method.invoke(channel, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /// {@return what a worker does for a call, or null if it is made here}
  private static @Nullable Act act(String method, Object[] args) {
    return switch (method) {
      case "put" -> {
        Object element = args[0];
        yield channel -> {
          channel.put(element);
          return null;
        };
      }
      case "offer" -> {
        Object element = args[0];
        Duration duration = args.length == 1 ? null : (Duration) args[1];
        yield channel ->
            duration == null ? channel.offer(element) : channel.offer(element, duration);
      }
      case "putAll" -> {
        // a copy: the collection is one of the test
        List<Object> elements = Arrays.asList(((Collection<Object>) args[0]).toArray().clone());
        yield channel -> {
          channel.putAll(elements);
          return null;
        };
      }
      case "close" ->
          channel -> {
            channel.close();
            return null;
          };
      case "closeExceptionally" -> {
        Throwable cause = (Throwable) args[0];
        yield channel -> {
          channel.closeExceptionally(cause);
          return null;
        };
      }
      case "take" -> Channel::take;
      case "poll" -> {
        Duration duration = args.length == 0 ? null : (Duration) args[0];
        yield channel -> duration == null ? channel.poll() : channel.poll(duration);
      }
      case "drain" -> {
        int max = (int) args[1];
        Duration duration = args.length == 2 ? null : (Duration) args[2];
        yield channel -> {
          List<Object> drained = new ArrayList<>();
          var _ =
              duration == null
                  ? channel.drain(drained::add, max)
                  : channel.drain(drained::add, max, duration);
          return drained;
        };
      }
      case "iterator" -> {
        long id = ITERATORS.incrementAndGet();
        yield channel -> {
          OPEN.put(id, channel.iterator());
          return id;
        };
      }
      case "stream" -> channel -> channel.stream().toList();
      case "taskDone" ->
          channel -> {
            channel.taskDone();
            return null;
          };
      case "closeNow" -> Channel::closeNow;
      default -> null;
    };
  }

  /// {@return what a call has returned that a worker has made}
  private @Nullable Object result(WorkerEnd end, String method, Act act, Object[] args)
      throws Exception {
    Object value = end.call(channel, act);
    return switch (method) {
      case "drain" -> {
        List<Object> drained = (List<Object>) value;
        drained.forEach((Consumer<Object>) args[0]);
        yield drained.size();
      }
      case "iterator" -> new There(end, (Long) value);
      case "stream" -> ((List<Object>) value).stream();
      default -> value;
    };
  }

  /// An iterator in the worker.
  private final class There implements Iterator<Object> {
    private final WorkerEnd end;
    private final long id;

    There(WorkerEnd end, long id) {
      this.end = end;
      this.id = id;
    }

    @Override
    public boolean hasNext() {
      long there = id;
      return (Boolean) call(_ -> OPEN.get(there).hasNext());
    }

    @Override
    public Object next() {
      long there = id;
      return call(_ -> OPEN.get(there).next());
    }

    private Object call(Act act) {
      try {
        return end.call(channel, act);
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
