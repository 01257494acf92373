package dev.tandem.queues;

import dev.tandem.queues.internal.ChannelFigures;
import dev.tandem.queues.internal.Spin;
import dev.tandem.queues.internal.SteppedChannels;
import dev.tandem.queues.internal.Steps;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A channel whose elements are kept by [Steps]. Its queue view is not supported.
final class SteppedChannel<E> extends BufferedChannel<E> {
  static {
    new Access().set();
  }

  private static final class Access extends SteppedChannels {
    void set() {
      set(this);
    }

    @Override
    protected Object make(String name, Steps<?> steps) {
      return make(ChannelOptions.from(cf -> cf.withName(name)), steps);
    }

    @SuppressWarnings("unchecked") // the elements of both are the same
    private static <E> Object make(ChannelOptions<?> options, Steps<E> steps) {
      return new SteppedChannel<>((ChannelOptions<E>) options, steps);
    }

    @Override
    protected ChannelFigures figuresOf(Object channel) {
      return ((SteppedChannel<?>) channel).shownElsewhere();
    }

    @Override
    @SuppressWarnings("unchecked") // the caller knows the type of its elements
    protected Object makeClause(
        Object channel, Supplier<?> element, Consumer<?> over, Supplier<?> then) {
      return new FreshPutClause<>(
          (SteppedChannel<Object>) channel, element, (Consumer<Object>) over, then);
    }
  }

  private final Steps<E> steps;
  private volatile int putPause = Spin.SHORTEST;
  private volatile int takePause = Spin.SHORTEST;

  private SteppedChannel(ChannelOptions<E> options, Steps<E> steps) {
    super(options);
    this.steps = steps;
    steps.attach(new Waking());
  }

  /// What the steps wake. A wake-up that fails half way is owed (see BufferedChannel).
  private final class Waking implements Steps.Waits {
    @Override
    public boolean wakeTaker() {
      try {
        return signalTakers(1);
      } catch (Throwable _) {
        takersOwed = true;
        return true;
      }
    }

    @Override
    public boolean wakePutter() {
      try {
        return signalPutter();
      } catch (Throwable _) {
        puttersOwed = true;
        return true;
      }
    }

    @Override
    public void wakeAll() {
      try {
        SteppedChannel.this.wakeAll();
        wakeDone();
      } catch (Throwable _) {
        takersOwed = true;
        puttersOwed = true;
      }
    }

    @Override
    public void doneElsewhere(int count) {
      SteppedChannel.this.doneElsewhere(count);
    }
  }

  @Override
  int tryPut(E element) {
    int result = steps.tryPut(element);
    if (result != PUT) {
      payOwed();
      if (result == CLOSED) {
        setCause(steps.closeCause());
      }
    }
    return result;
  }

  @Override
  @Nullable Object tryTake() {
    Object result = steps.tryTake();
    if (result == null) {
      payOwed();
    } else if (result == Steps.END) {
      setCause(steps.closeCause());
      return END;
    }
    return result;
  }

  @Override
  boolean armTake() {
    return steps.armTake();
  }

  @Override
  boolean armPut(boolean exact) {
    return steps.armPut(exact);
  }

  @Override
  void rearmTake() {
    steps.rearmTake();
  }

  @Override
  void rearmPut(boolean exact) {
    steps.rearmPut(exact);
  }

  @Override
  boolean putsExactly() {
    return steps.putsExactly();
  }

  @Override
  boolean canTake() {
    return steps.canTake();
  }

  @Override
  boolean canPut() {
    return steps.canPut();
  }

  @Override
  int putPause() {
    return putPause;
  }

  @Override
  void putAfter(int pause) {
    putPause = Spin.nextPause(pause, steps.roomAtHand(), steps.mostAtOnce());
  }

  @Override
  int takePause() {
    return takePause;
  }

  @Override
  void tookAfter(int pause) {
    takePause = Spin.nextPause(pause, steps.atHand(), steps.mostAtOnce());
  }

  @Override
  int yields() {
    return Spin.YIELDS_BETWEEN_PROCESSES;
  }

  @Override
  void setClosed() {
    steps.close();
  }

  @Override
  public boolean isClosed() {
    return steps.isClosed();
  }

  @Override
  public int size() {
    return steps.size();
  }

  @Override
  public int capacity() {
    return steps.capacity();
  }

  @Override
  long puts() {
    return steps.puts();
  }

  @Override
  long takes() {
    return steps.takes();
  }

  @Override
  public @Nullable ChannelFigures figures() {
    return steps.isShownElsewhere() ? null : super.figures();
  }

  /// Returns the figures for the one who shows it elsewhere.
  ChannelFigures shownElsewhere() {
    return ChannelLook.at(this, putters, takers, done.waiting);
  }

  @Override
  Interior<E> interior() {
    throw new UnsupportedOperationException(this + " has no queue view");
  }
}
