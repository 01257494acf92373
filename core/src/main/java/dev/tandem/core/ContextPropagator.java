package dev.tandem.core;

import static dev.tandem.core.internal.Checks.notNull;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Carries something that belongs to the submitting thread into a task.
///
/// Executors call [#wrap(Callable)] on the submitting thread, once per task or once per `map`, and
/// run what it returns on the task's thread. Nothing of it stays behind there: the next task on the
/// same thread sees what was there before.
///
/// Whatever a task or a subtask submits, maps, forks or opens inherits its propagators, and so does
/// what the owner of a scope submits in its block: a context is said once, where the work begins.
/// It comes around what an executor or a scope carries of its own; a propagator that equals one of
/// those around it is not applied again, so one that is made anew each time needs `equals`. What a
/// propagator itself submits while it wraps has no context.
///
/// To another JVM, what is inherited goes only if it can be sent: the callable that [#wrap]
/// returns, and the value of [#scopedValue] or [#threadLocal]; else it stays behind, and the task
/// runs without it. There, the propagators that can be sent themselves are inherited on. What an
/// executor carries of its own must be sendable, or its tasks fail.
///
/// {@snippet file="GuideSnippetsTest.java" region="context"}
public interface ContextPropagator {
  /// Captures the context of the current thread.
  ///
  /// @param <T> the type of the result
  /// @param body what will run in the captured context
  /// @return a body that sets up the captured context, calls `body` and restores what was there
  ///   before, also when `body` throws. It may be called several times and by several threads at
  ///   once.
  <T extends @Nullable Object> Callable<T> wrap(Callable<T> body);

  /// {@return a propagator of SLF4J's mapped diagnostic context} What the task itself puts there is
  /// gone after it.
  static ContextPropagator mdc() {
    return MdcPropagator.INSTANCE;
  }

  /// {@return a propagator of a scoped value} A value that is not bound when the task is submitted
  /// is not bound in the task, unless the task runs on a thread that is itself inside a binding (a
  /// direct executor's caller, the consumer of a nested `map`): a binding cannot be undone.
  ///
  /// @param <T> the type of the value
  /// @param key finds the scoped value; written as code, not given as an object, so that a worker
  ///   process finds its own: `scopedValue(() -> App.TENANT)`
  /// @throws NullPointerException if `key` is null
  static <T extends @Nullable Object> ContextPropagator scopedValue(
      SerializableCallable<ScopedValue<T>> key) {
    return new ScopedValuePropagator<>(notNull(key, "key"));
  }

  /// {@return a propagator of a thread-local variable}
  ///
  /// @param <T> the type of the variable
  /// @param key finds the variable; written as code, not given as an object, so that a worker
  ///   process finds its own: `threadLocal(() -> App.LOCALE)`
  /// @throws NullPointerException if `key` is null
  static <T extends @Nullable Object> ContextPropagator threadLocal(
      SerializableCallable<ThreadLocal<T>> key) {
    return new ThreadLocalPropagator<>(notNull(key, "key"));
  }
}
