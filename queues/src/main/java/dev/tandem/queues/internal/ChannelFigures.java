package dev.tandem.queues.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a dump says of a channel. The figures are read one after the other, and without a lock:
/// they fit each other when nothing moves.
///
/// @param name its name; null if the program gave it none
/// @param kind its shape
/// @param waitingToPut how many threads wait for room
/// @param waitingToTake how many threads wait for an element
/// @param waitingForDone how many threads wait in `awaitDone`
/// @param putters some of the threads that wait to put
/// @param takers some of the threads that wait to take
public record ChannelFigures(
    @Nullable String name,
    String kind,
    int capacity,
    int size,
    long puts,
    long takes,
    boolean closed,
    int waitingToPut,
    int waitingToTake,
    int waitingForDone,
    List<Thread> putters,
    List<Thread> takers) {
  /// {@return whether it is of no more interest: closed, empty, and nothing waits}
  public boolean isOver() {
    return closed && size == 0 && waitingToPut + waitingToTake + waitingForDone == 0;
  }
}
