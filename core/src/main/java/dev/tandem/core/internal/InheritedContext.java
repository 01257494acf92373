package dev.tandem.core.internal;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.ContextPropagator;
import dev.tandem.core.SerializableCallable;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The propagators in whose context a thread works: those of the task or the subtask that it runs,
/// or of the scope that it has opened. What is submitted or forked from there carries their context
/// on.
public final class InheritedContext {
  /// The innermost task of an executor on this thread that has a context.
  private static final ScopedValue<Bound> BOUND = ScopedValue.newInstance();

  /// Whether there was a context in this JVM, ever: as long as nobody uses one, it costs a read.
  private static volatile boolean used;

  /// Finds the innermost scope or subtask of a thread. Null until there was a scope.
  private static volatile @Nullable Function<Thread, @Nullable Place> scopes;

  private InheritedContext() {}

  /// A scope, or a subtask of one.
  public interface Place {
    List<ContextPropagator> context();
  }

  /// A propagator that knows whether what it carries from the current thread could be sent.
  public interface Sendable {
    boolean isSendable();
  }

  /// The context of a task that runs on this thread.
  ///
  /// @param place the innermost scope or subtask that the thread was in when the task began: a
  ///   scope that the task opens is further in
  private record Bound(List<ContextPropagator> context, @Nullable Place place) {}

  /// Sets how the scopes of threads are found.
  public static void findScopesBy(Function<Thread, @Nullable Place> finder) {
    scopes = finder;
  }

  private static @Nullable Place place() {
    Function<Thread, @Nullable Place> finder = scopes;
    return finder == null ? null : finder.apply(Thread.currentThread());
  }

  /// {@return the propagators in whose context the current thread works, the outermost first}
  private static List<ContextPropagator> here() {
    if (!used) {
      return List.of();
    }
    Place place = place();
    if (BOUND.isBound() && BOUND.get().place == place) {
      return BOUND.get().context;
    }
    return place == null ? List.of() : place.context();
  }

  /// {@return what is inherited here and, inside of it, `own`} A propagator that is in both is
  /// there once.
  public static List<ContextPropagator> with(List<ContextPropagator> own) {
    if (!own.isEmpty() && !used) {
      used = true;
    }
    List<ContextPropagator> inherited = here();
    if (inherited.isEmpty() || own.isEmpty()) {
      return inherited.isEmpty() ? own : inherited;
    }
    var both = ImmutableList.<ContextPropagator>builder().addAll(inherited);
    own.stream().filter(propagator -> !inherited.contains(propagator)).forEach(both::add);
    return both.build();
  }

  /// {@return `body` with the context of the current thread around it, the first propagator
  /// outermost}
  public static <T extends @Nullable Object> Callable<T> around(
      Callable<T> body, List<ContextPropagator> propagators) {
    Callable<T> wrapped = body;
    for (int i = propagators.size() - 1; i >= 0; i--) {
      wrapped = around(wrapped, propagators.get(i));
    }
    return wrapped;
  }

  private static <T extends @Nullable Object> Callable<T> around(
      Callable<T> body, ContextPropagator propagator) {
    return requireNonNull(
        propagator.wrap(body),
        () -> "context: %s gave null (expected: a callable)".formatted(propagator));
  }

  /// {@return a task for a thread of this JVM: `body` in the context of an executor and in what is
  /// inherited here, which what it submits or forks inherits in turn}
  ///
  /// @param own the propagators of the executor
  public static <T extends @Nullable Object> Callable<T> task(
      Callable<T> body, List<ContextPropagator> own) {
    List<ContextPropagator> all = with(own);
    return all.isEmpty() ? body : around(bound(all, body), all);
  }

  /// {@return a task that is sent to another JVM: as [#task], but of what is inherited only that
  /// which can be sent} A context is inherited there by what the task itself submits or forks if
  /// its propagator can be sent, too.
  public static <T extends @Nullable Object> Callable<T> sentTask(
      Callable<T> body, List<ContextPropagator> own) {
    List<ContextPropagator> all = with(own);
    if (all.isEmpty()) {
      return body;
    }
    List<ContextPropagator> sent = all.stream().filter(Serializable.class::isInstance).toList();
    Callable<T> wrapped = sent.isEmpty() ? body : bound(sent, body);
    for (int i = all.size() - 1; i >= 0; i--) {
      ContextPropagator propagator = all.get(i);
      boolean inherited = !own.contains(propagator);
      if (!inherited || !(propagator instanceof Sendable sendable) || sendable.isSendable()) {
        Callable<T> next = around(wrapped, propagator);
        wrapped = inherited && !(next instanceof Serializable) ? wrapped : next;
      }
    }
    return wrapped;
  }

  private static <T extends @Nullable Object> SerializableCallable<T> bound(
      List<ContextPropagator> context, Callable<T> body) {
    return () -> {
      used = true; // in a worker process, this may be the first
      return ScopedValue.where(BOUND, new Bound(context, place())).call(body::call);
    };
  }
}
