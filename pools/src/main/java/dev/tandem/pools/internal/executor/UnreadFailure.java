package dev.tandem.pools.internal.executor;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.internal.GuardedLog;
import dev.tandem.core.internal.TaskTimer;
import dev.tandem.core.internal.Thrown;
import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerCrashedException.Kind;
import java.io.InterruptedIOException;
import java.lang.ref.Cleaner;
import java.net.SocketException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A failure that has not been read. The thread that takes it out of its registry decides whether
/// it was read or is logged, so there is at most one log record.
///
/// It must not refer to the future whose end it waits for.
public final class UnreadFailure {
  private static final Logger log = LoggerFactory.getLogger(TaskExecutor.class);
  private static final int MOST_CAUSES = 1_000;
  private static final Cleaner CLEANER =
      Cleaner.create(
          Thread.ofPlatform()
              .daemon()
              .name("tandem-unread-failures")
              .inheritInheritableThreadLocals(false)
              .factory());

  private final String task;
  private final boolean stopping;
  private final Throwable exception;
  private final Set<UnreadFailure> registry;
  private Cleaner.@Nullable Cleanable cleanable;

  private UnreadFailure(
      String task, boolean stopping, Throwable exception, Set<UnreadFailure> registry) {
    this.task = task;
    this.stopping = stopping;
    this.exception = exception;
    this.registry = registry;
  }

  static UnreadFailure register(
      AcceptedTask<?> future, Throwable exception, Set<UnreadFailure> registry) {
    UnreadFailure failure =
        new UnreadFailure(future.name(), future.host.isStopping(), exception, registry);
    registry.add(failure);
    // published to readers with the future's completion, which comes after this
    failure.cleanable = CLEANER.register(future, failure::collected);
    return failure;
  }

  /// {@return whether this call settled it}
  @CanIgnoreReturnValue
  boolean read() {
    if (!settle()) {
      return false;
    }
    requireNonNull(cleanable).clean(); // unregisters; collected() below then finds it settled
    return true;
  }

  /// Logs the failure of a future that was collected. Thread: cleaner, which all executors share; a
  /// log calls methods of the exception, which are code of users and so run on another thread.
  private void collected() {
    if (settle()) {
      TaskTimer.handOver(this::logUnread);
    }
  }

  /// Logs the failure because the executor closes.
  void logIfUnread() {
    if (settle()) {
      logUnread();
    }
  }

  private void logUnread() {
    log("Task " + task + " failed and nobody read its failure", task, stopping, exception);
  }

  /// {@return whether this call settled it: one does}
  boolean settle() {
    return registry.remove(this); // a concurrent set says so to one caller
  }

  /// Logs a failure that was not read, or that no caller could read.
  public static void log(String what, String task, boolean stopping, Throwable exception) {
    if (stopping && isStop(exception)) { // told to stop, it stopped: no news worth a stack
      log.info("Task {} ended when its executor was stopped: {}", task, firstLine(exception));
    } else {
      GuardedLog.error(log, what, exception);
    }
  }

  private static String firstLine(Throwable exception) {
    return Thrown.describe(exception).lines().findFirst().orElse("");
  }

  /// {@return whether this is how a stop looks: an interrupt to a wait, to a channel, to a socket;
  /// a worker that its pool has killed}
  private static boolean isStop(Throwable exception) {
    try {
      return isInterrupt(exception)
          || (exception instanceof WorkerCrashedException crash && crash.kind() == Kind.KILLED);
    } catch (Throwable _) { // its causes cannot be asked for, or lead in a circle
      return false;
    }
  }

  private static boolean isInterrupt(Throwable exception) {
    Throwable link = exception;
    for (int i = 0; link != null && i < MOST_CAUSES; i++) { // causes may form a ring
      if (link instanceof InterruptedException
          || link instanceof InterruptedIOException
          || link instanceof ClosedByInterruptException
          || (link instanceof SocketException
              && Thrown.message(link).equals("Closed by interrupt"))) {
        return true;
      }
      link = Thrown.cause(link);
    }
    return false;
  }
}
