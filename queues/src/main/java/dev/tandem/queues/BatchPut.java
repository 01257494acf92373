package dev.tandem.queues;

import static dev.tandem.queues.Checks.notNull;

import dev.tandem.queues.internal.Deadline;
import java.util.ArrayList;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Puts of many elements, whose failures say how many of them were put.
final class BatchPut {
  private BatchPut() {}

  /// Puts all elements of a collection as [Sink#putAll(Collection)] does.
  static <E> void putAll(AbstractChannel<E> channel, Collection<? extends E> collection)
      throws InterruptedException {
    @Nullable Object[] elements = elementsOf(collection);
    int put = 0;
    try {
      while (put < elements.length) {
        channel.enterPut();
        int result = channel.tryPutAll(elements, put);
        if (result == AbstractChannel.FULL) {
          E next = channel.element(notNull(elements[put], "element"));
          result = channel.awaitPut(next, Deadline.NEVER);
        }
        if (result == AbstractChannel.CLOSED) {
          throw channel.closed(text(put, elements.length), put);
        }
        put += result;
      }
    } catch (ChannelClosedException closed) {
      throw closed;
    } catch (InterruptedException _) {
      throw new PartialPutInterruptedException(text(put, elements.length), put);
    } catch (Throwable t) {
      throw failure(put, elements.length, channel.name(), t);
    }
  }

  private static @Nullable Object[] elementsOf(Collection<?> collection) {
    @Nullable Object[] elements = notNull(collection, "elements").toArray();
    if (collection.getClass() != ArrayList.class) {
      elements = elements.clone(); // a collection may keep its array, and change it meanwhile
    }
    for (int i = 0; i < elements.length; i++) {
      if (elements[i] == null) {
        throw new NullPointerException("elements[" + i + "]: null (expected: not null)");
      }
    }
    return elements;
  }

  /// Offers the elements of a collection one after the other, as
  /// [java.util.Queue#addAll(Collection)] does.
  static <E> boolean addAll(AbstractChannel<E> channel, Collection<? extends E> collection) {
    int put = 0;
    for (E element : collection) {
      notNull(element, "element");
      boolean fits;
      try {
        fits = channel.offer(element);
      } catch (ChannelClosedException _) {
        throw channel.closed(text(put, collection.size()), put);
      } catch (Throwable fromOrder) {
        throw failure(put, collection.size(), channel.name(), fromOrder);
      }
      if (!fits) {
        throw new PartialPutException(
            "channel '" + channel.name() + "' is full: " + text(put, collection.size()), null, put);
      }
      put++;
    }
    return put > 0;
  }

  private static String text(int put, int all) {
    return put + " of " + all + " elements were put";
  }

  /// Returns an exception of ours for one of the user's: that may be shared, so neither its text
  /// nor what is suppressed in it may be changed. An error stays an error.
  private static PartialPutException failure(int put, int all, String channel, Throwable cause) {
    String text =
        "%s into channel '%s': %s%s"
            .formatted(text(put, all), channel, cause.getClass().getName(), hint(cause));
    if (cause instanceof Error) {
      throw new Error(text, cause);
    }
    return new PartialPutException(text, cause, put);
  }

  /// Only messages of ours are asked for: the user's `getMessage` may fail.
  private static String hint(Throwable cause) {
    return cause instanceof ThreadOwner.Violation ? ": " + cause.getMessage() : "";
  }
}
