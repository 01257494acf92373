package dev.tandem.pools.internal;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.tandem.core.TaskExecutor;
import java.lang.ref.Cleaner;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A failure that nobody has read yet. True once it was read or logged: whoever sets it decides
/// which, so there is at most one log record.
///
/// It must not refer to the future whose end it waits for.
final class UnreadFailure extends AtomicBoolean implements Runnable {
  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(TaskExecutor.class);
  private static final Cleaner CLEANER =
      Cleaner.create(Thread.ofPlatform().daemon().name("tandem-unread-failures").factory());

  private final String task;
  private final boolean stopping;
  private final transient Throwable exception;
  private final transient Set<UnreadFailure> registry;
  private transient Cleaner.@Nullable Cleanable cleanable;

  private UnreadFailure(
      String task, boolean stopping, Throwable exception, Set<UnreadFailure> registry) {
    this.task = task;
    this.stopping = stopping;
    this.exception = exception;
    this.registry = registry;
  }

  static UnreadFailure register(
      TaskRun<?> future, Throwable exception, Set<UnreadFailure> registry) {
    UnreadFailure failure =
        new UnreadFailure(future.name(), future.host.isStopping(), exception, registry);
    registry.add(failure);
    // published to readers with the future's completion, which comes after this
    failure.cleanable = CLEANER.register(future, failure);
    return failure;
  }

  /// {@return whether this call settled it}
  @CanIgnoreReturnValue
  boolean read() {
    if (!settle()) {
      return false;
    }
    requireNonNull(cleanable).clean(); // unregisters; run() below then finds it settled
    return true;
  }

  /// The future was collected, or the executor closes.
  @Override
  public void run() {
    if (settle()) {
      log("Task {} failed and nobody read its failure", task, stopping, exception);
    }
  }

  /// {@return whether this call settled it: one does}
  boolean settle() {
    return compareAndSet(false, true) && registry.remove(this);
  }

  /// Logs a failure that nobody read, or that nobody could.
  static void log(String what, String task, boolean stopping, Throwable exception) {
    if (stopping) { // it was told to stop, and how it took that is no news worth a stack
      log.info("Task {} ended when its executor was stopped: {}", task, exception.toString());
    } else {
      log.error(what, task, exception);
    }
  }
}
