package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.WorkerInfo.State;
import java.util.concurrent.atomic.AtomicReference;

/// How far a worker's life has come.
///
/// ```text
///   SPAWNING ──▶ HANDSHAKE ──▶ INIT ──▶ IDLE ──▶ DRAINING
///                                       ▲  │
///                                       │  ▼
///                                     SUSPECT
///
///   each of them ──▶ KILLING ──▶ EXITED
/// ```
///
/// Many threads make steps: the supervisor, the worker's reader, a killer. Each step is a
/// compare-and-set from where it may be made, so none takes back another: a worker that is being
/// killed, or is gone, is never ready again.
final class WorkerPhase {
  private final AtomicReference<State> state = new AtomicReference<>(State.SPAWNING);

  // never taken back
  private volatile boolean wasReady;
  private volatile boolean drained;

  State get() {
    return state.get();
  }

  boolean is(State expected) {
    return state.get() == expected;
  }

  boolean isStarting() {
    return switch (state.get()) {
      case SPAWNING, HANDSHAKE, INIT -> true;
      default -> false;
    };
  }

  /// {@return whether it takes tasks}
  boolean isReady() {
    State now = state.get();
    return now == State.IDLE || now == State.SUSPECT;
  }

  /// {@return whether it is alive and may stay}
  boolean isStaying() {
    return isStarting() || isReady();
  }

  private boolean move(State from, State to) {
    return state.compareAndSet(from, to);
  }

  void started() {
    move(State.SPAWNING, State.HANDSHAKE);
  }

  /// Makes the step of a worker that is connected, perhaps before the supervisor has made that of
  /// one that is started.
  boolean connected() {
    return move(State.HANDSHAKE, State.INIT) || move(State.SPAWNING, State.INIT);
  }

  void ready() {
    if (move(State.INIT, State.IDLE)) {
      wasReady = true;
    }
  }

  /// {@return whether it has ever been ready}
  boolean wasReady() {
    return wasReady;
  }

  boolean suspect() {
    return move(State.IDLE, State.SUSPECT);
  }

  boolean trust() {
    return move(State.SUSPECT, State.IDLE);
  }

  boolean drain() {
    boolean moved = move(State.IDLE, State.DRAINING) || move(State.SUSPECT, State.DRAINING);
    if (moved) {
      drained = true;
    }
    return moved;
  }

  /// {@return whether it was told to leave as soon as it had nothing to do}
  boolean hasDrained() {
    return drained;
  }

  /// {@return whether this call made the step}
  boolean kill() {
    while (true) {
      State now = state.get();
      if (now == State.KILLING || now == State.EXITED) {
        return false;
      }
      if (move(now, State.KILLING)) {
        return true;
      }
    }
  }

  void exited() {
    state.set(State.EXITED);
  }
}
