package dev.tandem.queues;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;

/// A wait for the first of several channel operations that can be done, which does exactly that
/// one.
///
/// {@snippet file="SelectSnippetsTest.java" region="select"}
public final class Select {
  private Select() {}

  /// Does one of the clauses and returns its result.
  ///
  /// If several can be done, one of them is chosen at random, so none starves. If none can be done
  /// now, this waits, unless there is an [#otherwise(Supplier)].
  ///
  /// - A source that is closed and empty drops out. When all sources of the select have dropped out
  ///   and it has no sink, it throws.
  /// - A source that was closed with a cause throws that as soon as it is empty; a sink that is
  ///   closed throws, too: a failure on the other side must not go unnoticed.
  ///
  /// Nothing is taken or put but by the clause that is chosen, also when the select is interrupted
  /// or its time is over. The functions of the clauses run in the calling thread after that; what
  /// they throw is thrown. A clause can be used again, and by several threads.
  ///
  /// @param clauses the operations to choose from; at least one, at most one `after` and one
  ///   `otherwise`
  /// @param <R> the type of the result
  /// @return what the function of the chosen clause returned
  /// @throws NullPointerException if `clauses` or one of them is null
  /// @throws IllegalArgumentException if there is no clause, or more than one `after` or
  ///   `otherwise`
  /// @throws ChannelClosedException if no source is left, a source was closed with a cause, or a
  ///   sink is closed
  /// @throws IllegalStateException if a check finds a second producer or consumer, see
  ///   [Channel.Config#withChecks()]
  /// @throws InterruptedException if the thread is interrupted before or while it waits
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <R> R select(Clause<? extends R>... clauses) throws InterruptedException {
    return new SelectRun<R>(Arrays.asList(Checks.notNull(clauses, "clauses"))).run();
  }

  /// {@return a clause that is chosen when no other could be done for some time}
  ///
  /// @param duration the time, counted from the call of [#select]
  /// @param then computes the result of the select
  /// @param <R> the type of the result
  /// @throws NullPointerException if `duration` or `then` is null
  public static <R> Clause<R> after(Duration duration, Supplier<? extends R> then) {
    return new AfterClause<>(duration, then);
  }

  /// {@return a clause that is chosen when no other can be done now} With it, a select never waits.
  ///
  /// @param then computes the result of the select
  /// @param <R> the type of the result
  /// @throws NullPointerException if `then` is null
  public static <R> Clause<R> otherwise(Supplier<? extends R> then) {
    return new OtherwiseClause<>(then);
  }

  /// One of the operations of a select. Made by [Source#onTake], [Sink#onPut], [#after(Duration,
  /// Supplier)] and [#otherwise(Supplier)].
  ///
  /// @param <R> the type of the result
  public sealed interface Clause<R>
      permits ChannelClause, FreshPutClause, AfterClause, OtherwiseClause {}
}
