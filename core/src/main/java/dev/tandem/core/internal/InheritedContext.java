package dev.tandem.core.internal;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.ContextPropagator;
import dev.tandem.core.SerializableCallable;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The propagators in whose context a thread works: those of the task or the subtask that it runs,
/// or of the scope that it has opened. What is submitted or forked from there carries their context
/// on.
public final class InheritedContext {
  private static final Logger LOG = LoggerFactory.getLogger(ContextPropagator.class);

  /// More propagators than a program has.
  private static final int MANY = 100;

  /// The innermost task or subtask on this thread that has a context.
  private static final ScopedValue<Bound> BOUND = ScopedValue.newInstance();

  /// Whether there was a context in this JVM, ever: as long as nobody uses one, it costs a read.
  private static volatile boolean used;

  private static volatile boolean toldOfMany;

  /// Finds the innermost scope or subtask of a thread. Null until there was a scope.
  private static volatile @Nullable Function<Thread, @Nullable Place> scopes;

  private InheritedContext() {}

  /// A scope, or a subtask of one.
  public interface Place {
    List<ContextPropagator> context();
  }

  /// A propagator that knows whether what it carries from the current thread could be sent, and
  /// that wraps a body in one that can be sent then.
  public interface Sendable {
    /// {@return whether what is carried could be sent}
    ///
    /// @param canBeSent says of a body whether it could be sent
    boolean isSendable(Predicate<Callable<?>> canBeSent);
  }

  /// The context of a task or a subtask that runs on this thread.
  ///
  /// @param place the innermost scope or subtask that the thread was in when the task began: a
  ///   scope that the task opens is further in
  /// @param wraps whether it is not a body that runs, but a propagator that wraps one
  private record Bound(List<ContextPropagator> context, @Nullable Place place, boolean wraps) {
    /// {@return whether no scope was opened further in} A body may give its thread another
    /// uncaught-exception handler, by which its place was found: then it has none.
    boolean isInnermost(@Nullable Place now) {
      return now == null || now == place;
    }
  }

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
    if (BOUND.isBound() && BOUND.get().isInnermost(place)) {
      return BOUND.get().context;
    }
    return place == null ? List.of() : place.context();
  }

  /// {@return whether a propagator is at work on this thread} What it submits has no context: its
  /// own submissions would wrap it again, and again.
  private static boolean isWrapping() {
    return used && BOUND.isBound() && BOUND.get().wraps && BOUND.get().isInnermost(place());
  }

  /// {@return what is inherited here and, inside of it, `own`} A propagator that is in both is
  /// there once.
  public static List<ContextPropagator> with(List<ContextPropagator> own) {
    if (isWrapping()) {
      return List.of();
    }
    if (!own.isEmpty() && !used) {
      used = true;
    }
    List<ContextPropagator> inherited = here();
    if (inherited.isEmpty() || own.isEmpty()) {
      return inherited.isEmpty() ? own : inherited;
    }
    var both = ImmutableList.<ContextPropagator>builder().addAll(inherited);
    own.stream().filter(propagator -> !inherited.contains(propagator)).forEach(both::add);
    return notTooMany(both.build());
  }

  private static List<ContextPropagator> notTooMany(List<ContextPropagator> all) {
    if (all.size() > MANY && !toldOfMany) {
      toldOfMany = true;
      LOG.warn(
          "{} context propagators are inherited by a task or a scope, the last {} of {}; one that is"
              + " made anew for each scope or executor is inherited beside those before it (expected:"
              + " the same object, or equals and hashCode)",
          all.size(),
          all.getLast(),
          all.getLast().getClass().getName());
    }
    return all;
  }

  /// {@return `body` with the context of the current thread around it, the first propagator
  /// outermost}
  private static <T extends @Nullable Object> Callable<T> around(
      Callable<T> body, List<ContextPropagator> propagators) {
    return propagators.isEmpty() ? body : wrapping(() -> wrapped(body, propagators));
  }

  private static <T extends @Nullable Object> Callable<T> wrapped(
      Callable<T> body, List<ContextPropagator> propagators) {
    Callable<T> wrapped = body;
    for (int i = propagators.size() - 1; i >= 0; i--) {
      wrapped = wrapped(wrapped, propagators.get(i));
    }
    return wrapped;
  }

  private static <T extends @Nullable Object> Callable<T> wrapped(
      Callable<T> body, ContextPropagator propagator) {
    return requireNonNull(
        propagator.wrap(body),
        () -> "context: %s gave null (expected: a callable)".formatted(propagator));
  }

  /// Calls propagators, so that what they submit has no context.
  private static <R> R wrapping(ScopedValue.CallableOp<R, RuntimeException> propagators) {
    return ScopedValue.where(BOUND, new Bound(List.of(), place(), true)).call(propagators);
  }

  /// {@return a subtask for a thread of this JVM: `body` in a context, which what it submits, forks
  /// or opens inherits in turn}
  public static <T extends @Nullable Object> Callable<T> subtask(
      Callable<T> body, List<ContextPropagator> context) {
    return context.isEmpty() ? body : around(bound(context, body), context);
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
  ///
  /// @param canBeSent says whether a body could be sent; asked of what only looks so
  public static <T extends @Nullable Object> Callable<T> sentTask(
      Callable<T> body, List<ContextPropagator> own, Predicate<Callable<?>> canBeSent) {
    List<ContextPropagator> all = with(own);
    return all.isEmpty() ? body : wrapping(() -> sent(body, own, all, canBeSent));
  }

  private static <T extends @Nullable Object> Callable<T> sent(
      Callable<T> body,
      List<ContextPropagator> own,
      List<ContextPropagator> all,
      Predicate<Callable<?>> canBeSent) {
    List<ContextPropagator> known =
        all.stream()
            .filter(Serializable.class::isInstance)
            .filter(each -> own.contains(each) || isKnown(each, canBeSent))
            .toList();
    Callable<T> wrapped = known.isEmpty() ? body : bound(known, body);
    for (int i = all.size() - 1; i >= 0; i--) {
      ContextPropagator propagator = all.get(i);
      boolean needed = own.contains(propagator);
      Sendable carrier = propagator instanceof Sendable sendable ? sendable : null;
      if (needed || carrier == null || carrier.isSendable(canBeSent)) {
        Callable<T> next = wrapped(wrapped, propagator);
        if (needed || (next instanceof Serializable && (carrier != null || canBeSent.test(next)))) {
          wrapped = next;
        }
      }
    }
    return wrapped;
  }

  /// {@return whether the other JVM can be given the propagator itself}
  private static boolean isKnown(ContextPropagator propagator, Predicate<Callable<?>> canBeSent) {
    return propagator instanceof Sendable || canBeSent.test(holding(propagator));
  }

  private static SerializableCallable<Object> holding(Object held) {
    return () -> held;
  }

  /// {@return whether a value could be sent to another JVM}
  ///
  /// @param canBeSent says so of a body that holds it
  public static boolean isSendable(@Nullable Object value, Predicate<Callable<?>> canBeSent) {
    return switch (value) {
      case null -> true;
      case String _, Number _, Boolean _, Enum<?> _ -> true;
      case Serializable _ -> canBeSent.test(holding(value));
      default -> false;
    };
  }

  private static <T extends @Nullable Object> SerializableCallable<T> bound(
      List<ContextPropagator> context, Callable<T> body) {
    return () -> {
      used = true; // in a worker process, this may be the first
      return ScopedValue.where(BOUND, new Bound(context, place(), false)).call(body::call);
    };
  }
}
