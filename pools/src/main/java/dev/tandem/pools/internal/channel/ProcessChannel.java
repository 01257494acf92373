package dev.tandem.pools.internal.channel;

import static dev.tandem.core.internal.Checks.notNull;

import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Handle;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.share.Openers;
import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelBody;
import dev.tandem.queues.Select;
import dev.tandem.queues.Sink;
import dev.tandem.queues.Source;
import dev.tandem.queues.internal.SteppedChannels;
import dev.tandem.queues.internal.Steps;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A channel between processes, in one of them: encodes what is put, decodes what was taken, and
/// leaves the rest to a channel of parcels.
abstract class ProcessChannel<E> implements Channel<E>, Handle {
  final long id;
  final String name;
  final ParcelCodec codec;
  final Channel<Parcel> parcels;
  private final Encoder encoder;

  @SuppressWarnings("unchecked") // the steps are of parcels
  ProcessChannel(long id, String name, ParcelCodec codec, Encoder encoder, Steps<Parcel> steps) {
    this.id = id;
    this.name = name;
    this.codec = codec;
    this.encoder = encoder;
    this.parcels = (Channel<Parcel>) SteppedChannels.channel(name, steps);
  }

  /// Makes sure that this process can put.
  abstract void openToPut();

  /// Makes sure that this process can take.
  abstract void openToTake();

  // ---- putting

  @Override
  public final void put(E element) throws InterruptedException {
    Parcel parcel = encode(element);
    try {
      parcels.put(parcel);
    } finally {
      Spill.dropUnlessPut(parcel);
    }
  }

  @Override
  public final boolean offer(E element) {
    Parcel parcel = encode(element);
    try {
      boolean done;
      do {
        done = parcels.offer(parcel);
      } while (!done && makeRoom());
      return done;
    } finally {
      Spill.dropUnlessPut(parcel);
    }
  }

  @Override
  public final boolean offer(E element, Duration duration) throws InterruptedException {
    notNull(duration, "duration");
    Parcel parcel = encode(element);
    try {
      return parcels.offer(parcel, duration);
    } finally {
      Spill.dropUnlessPut(parcel);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // they are of the collection
  public final void putAll(Collection<? extends E> elements) throws InterruptedException {
    List<Parcel> all = new ArrayList<>();
    try {
      @Nullable Object[] given = notNull(elements, "elements").toArray();
      for (int i = 0; i < given.length; i++) {
        Object element = given[i];
        if (element == null) {
          throw new NullPointerException("elements[" + i + "]: null (expected: not null)");
        }
        all.add(encode((E) element));
      }
      parcels.putAll(all);
    } finally {
      all.forEach(Spill::dropUnlessPut);
    }
  }

  private Parcel encode(E element) {
    notNull(element, "element");
    openToPut();
    try {
      return codec.encode(element);
    } catch (UncheckedIOException e) {
      if (isClosed()) { // perhaps its pool has ended, and has no place for files
        return codec.none(); // whose put finds that
      }
      throw e;
    }
  }

  // ---- taking

  @SuppressWarnings("unchecked") // only E is put
  private E decode(Parcel parcel) {
    return (E) codec.decode(parcel);
  }

  private @Nullable E decodeOrNull(@Nullable Parcel parcel) {
    return parcel == null ? null : decode(parcel);
  }

  @Override
  public final E take() throws InterruptedException {
    openToTake();
    return decode(parcels.take());
  }

  @Override
  public final @Nullable E poll() {
    openToTake();
    Parcel parcel;
    do {
      parcel = parcels.poll();
    } while (parcel == null && fetch());
    return decodeOrNull(parcel);
  }

  /// Has an element brought here, if this process has none.
  ///
  /// @return false if there is none in the channel
  abstract boolean fetch();

  /// Has room for an element made here, if this process has none.
  ///
  /// @return false if there is none in the channel
  abstract boolean makeRoom();

  @Override
  public final @Nullable E poll(Duration duration) throws InterruptedException {
    notNull(duration, "duration");
    openToTake();
    return decodeOrNull(parcels.poll(duration));
  }

  @Override
  public final int drain(Consumer<? super E> action, int max) {
    notNull(action, "action");
    openToTake();
    int count;
    do {
      count = parcels.drain(parcel -> action.accept(decode(parcel)), max);
    } while (count == 0 && max > 0 && fetch());
    return count;
  }

  @Override
  public final int drain(Consumer<? super E> action, int max, Duration duration)
      throws InterruptedException {
    notNull(action, "action");
    openToTake();
    return parcels.drain(parcel -> action.accept(decode(parcel)), max, duration);
  }

  @Override
  public final Iterator<E> iterator() {
    openToTake();
    Iterator<Parcel> all = parcels.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public E next() {
        return decode(all.next());
      }
    };
  }

  @Override
  public final Stream<E> stream() {
    openToTake();
    return parcels.stream().map(this::decode);
  }

  // ---- the rest

  @Override
  public final Callable<Void> producer(ChannelBody<Sink<E>> body) {
    notNull(body, "body");
    return () -> {
      try {
        body.run(this);
      } catch (Throwable t) {
        closeExceptionally(t);
        throw t;
      }
      close();
      return null;
    };
  }

  @Override
  public final Callable<Void> consumer(ChannelBody<Source<E>> body) {
    notNull(body, "body");
    return () -> {
      try {
        body.run(this);
      } catch (Throwable t) {
        closeExceptionally(t);
        throw t;
      }
      return null;
    };
  }

  @Override
  public final <R> Select.Clause<R> onTake(Function<? super E, ? extends R> then) {
    notNull(then, "then");
    openToTake();
    return parcels.onTake(parcel -> then.apply(decode(parcel)));
  }

  @Override
  @SuppressWarnings("unchecked") // it returns what the function returns
  public final <R> Select.Clause<R> onPut(E element, Supplier<? extends R> then) {
    notNull(element, "element");
    notNull(then, "then");
    openToPut();
    Consumer<Parcel> over = Spill::dropUnlessPut;
    return (Select.Clause<R>) SteppedChannels.onPut(parcels, () -> encode(element), over, then);
  }

  @Override
  public final BlockingQueue<E> asBlockingQueue() {
    throw new UnsupportedOperationException(
        "channel '" + name + "' is between processes, and has no queue view");
  }

  @Override
  public final int kind() {
    return Openers.CHANNEL;
  }

  @Override
  public final void write(Encoder to, Output out) {
    if (to != encoder) {
      throw new IllegalArgumentException(this + " cannot be sent to the workers of another pool");
    }
    writeTo(out);
  }

  /// Appends what a worker needs to find the channel.
  abstract void writeTo(Output out);

  @Override
  public final String toString() {
    return "channel '" + name + "' between processes";
  }
}
