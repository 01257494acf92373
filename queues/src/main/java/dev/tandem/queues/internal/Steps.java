package dev.tandem.queues.internal;

import org.jspecify.annotations.Nullable;

/// The elements of a channel that keeps them outside of this module. The channel adds the waiting,
/// the choice of a select, and the rest of its methods.
///
/// None of the steps waits. All of them are called by any number of threads.
///
/// @param <E> the type of the elements
public abstract class Steps<E> {
  /// A result of [#tryPut]: the element was put.
  public static final int PUT = 1;

  /// A result of [#tryPut]: there is no room.
  public static final int FULL = 0;

  /// A result of [#tryPut]: the channel is closed.
  public static final int CLOSED = -1;

  /// A result of [#tryTake]: the channel is closed and empty.
  public static final Object END = new Object();

  private @Nullable Waits waits;

  /// The threads that wait in the channel. None of the methods throws.
  public interface Waits {
    /// {@return whether a taker was woken, or will be} False if none waits.
    boolean wakeTaker();

    /// {@return whether a putter was woken, or will be} False if none waits.
    boolean wakePutter();

    /// Wakes all threads that wait in the channel.
    void wakeAll();

    /// Counts elements that were taken and dealt with elsewhere.
    void doneElsewhere(int count);
  }

  /// Sets what wakes. Called once, by the channel.
  public final void attach(Waits to) {
    waits = to;
  }

  /// {@return the threads that wait}
  protected final Waits waits() {
    Waits attached = waits;
    if (attached == null) {
      throw new IllegalStateException("no channel has these steps");
    }
    return attached;
  }

  /// {@return whether a dump has the channel from its owner, not from the list of channels}
  public boolean isShownElsewhere() {
    return true;
  }

  /// Puts an element if there is room. Wakes a taker that has armed.
  ///
  /// @return [#PUT], [#FULL] or [#CLOSED]
  public abstract int tryPut(E element);

  /// Takes the next element. Wakes a putter that has armed.
  ///
  /// @return the element, null if there is none now, or [#END]
  public abstract @Nullable Object tryTake();

  /// {@return whether a taker may park} If so, the next element or the end must wake one.
  public abstract boolean armTake();

  /// {@return whether a putter may park} If so, the next room or the close must wake one.
  ///
  /// @param exact whether the first place must wake it; otherwise it looks by itself after a moment
  public abstract boolean armPut(boolean exact);

  /// Takers are still waiting: the next element must wake one.
  public abstract void rearmTake();

  /// Putters are still waiting: the next room must wake one.
  ///
  /// @param exact whether the first place must wake one
  public abstract void rearmPut(boolean exact);

  /// {@return whether the first place must wake a putter that finds no room now}
  public abstract boolean putsExactly();

  /// {@return whether a taker need not wait} Asked by one that was woken and leaves without an
  /// element.
  public abstract boolean canTake();

  /// {@return whether a putter need not wait} Asked by one that was woken and leaves.
  public abstract boolean canPut();

  /// Closes for puts.
  public abstract void close();

  /// {@return why it was closed, if not through the channel; null if for no reason}
  public abstract @Nullable Throwable closeCause();

  /// {@return whether it is closed for puts}
  public abstract boolean isClosed();

  /// {@return how many elements there are}
  public abstract int size();

  /// {@return how many elements fit}
  public abstract int capacity();

  /// {@return how many elements this process could take now, without asking another}
  public abstract int atHand();

  /// {@return how many elements this process could put now, without asking another}
  public abstract int roomAtHand();

  /// {@return how many elements are handed over from one process to another at once, at most}
  public abstract int mostAtOnce();

  /// {@return how many elements were accepted}
  public abstract long puts();

  /// {@return how many elements left}
  public abstract long takes();
}
