package dev.tandem.core.internal;

import static dev.tandem.core.internal.Checks.notNull;

import java.util.Collection;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A stream as the inputs of a map: pulled one by one by the consumer of the map, closed exactly
/// once.
public final class StreamInputs<I> implements Iterable<I>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamInputs.class);

  private final Stream<? extends I> stream;
  private final Spliterator<? extends I> elements;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// Takes a stream over: its former owner can no longer use it. Pulls nothing.
  ///
  /// @throws IllegalStateException if the stream was used before
  public StreamInputs(Stream<? extends I> inputs) {
    this.stream = notNull(inputs, "inputs");
    this.elements = inputs.sequential().spliterator(); // else a stateful stage uses other threads
  }

  /// {@return the results of a map over a stream} The stream is closed when the results end, fail
  /// or are closed, and when the map rejects its arguments.
  ///
  /// @param map makes the results
  public static <I, R extends @Nullable Object> Stream<R> map(
      Stream<? extends I> inputs, Function<? super Iterable<I>, Stream<R>> map) {
    StreamInputs<I> source = new StreamInputs<>(inputs);
    try {
      Stream<R> results = map.apply(source);
      Results<R> closing = new Results<>(source, results.spliterator());
      return StreamSupport.stream(closing, false).onClose(results::close).onClose(closing::close);
    } catch (Throwable e) {
      source.closeBeside(e);
      throw e;
    }
  }

  /// {@return how many inputs there are; -1 if their source does not know} Binds a stream to its
  /// source, so it is asked when the first input is pulled.
  public static long countOf(Iterable<?> inputs) {
    return switch (inputs) {
      case Collection<?> collection -> collection.size();
      case StreamInputs<?> stream -> stream.elements.getExactSizeIfKnown();
      default -> -1;
    };
  }

  @Override
  @SuppressWarnings("unchecked") // an iterator is only read
  public Iterator<I> iterator() {
    return (Iterator<I>) Spliterators.iterator(elements);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      stream.close();
    }
  }

  /// Closes the stream, as a try statement with resources does after an exception. An error may be
  /// that of a user's function, so nothing is suppressed in it.
  private void closeBeside(Throwable thrown) {
    try {
      close();
    } catch (Throwable e) {
      if (thrown instanceof Error) {
        GuardedLog.warn(LOG, "A stream of inputs could not be closed", e);
      } else {
        Failures.suppress(thrown, e);
      }
    }
  }

  /// The results of a map, which close its inputs.
  ///
  /// Another thread may close the results while their consumer pulls an input. A stream must not be
  /// closed during a pull, so in that case the consumer closes it afterwards: the consumer writes
  /// `pulling`, then reads `closing`; the closer writes `closing`, then reads `pulling`. At least
  /// one sees the other, and closing twice does nothing. A consumer that begins to pull after the
  /// closer's read finds the map stopped, because the closer stops the map first.
  private static final class Results<R extends @Nullable Object>
      implements Spliterator<R>, Consumer<R> {
    private final StreamInputs<?> source;
    private final Spliterator<R> results;
    private volatile boolean pulling;
    private volatile boolean closing;

    /// The result that was found last. Thread: consumer.
    private @Nullable R found;

    Results(StreamInputs<?> source, Spliterator<R> results) {
      this.source = source;
      this.results = results;
    }

    @Override
    public void accept(R result) {
      found = result;
    }

    @Override
    @SuppressWarnings("NullAway") // R is what the map gave
    public boolean tryAdvance(Consumer<? super R> action) {
      notNull(action, "action");
      if (!advance()) {
        return false;
      }
      R result = found;
      found = null;
      action.accept(result); // an exception of the action is no failure of the map
      return true;
    }

    private boolean advance() {
      boolean more;
      pulling = true;
      try {
        more = results.tryAdvance(this);
      } catch (Throwable e) {
        pulling = false;
        source.closeBeside(e);
        throw e;
      }
      pulling = false;
      if (!more || closing) {
        source.close();
      }
      return more;
    }

    void close() {
      closing = true;
      if (!pulling) {
        source.close();
      }
    }

    /// Never splits, as the results.
    @Override
    public @Nullable Spliterator<R> trySplit() {
      return null;
    }

    @Override
    public long estimateSize() {
      return results.estimateSize();
    }

    @Override
    public int characteristics() {
      return results.characteristics();
    }
  }
}
