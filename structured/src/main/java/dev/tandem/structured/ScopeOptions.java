package dev.tandem.structured;

import static com.google.common.base.Preconditions.checkArgument;
import static dev.tandem.core.internal.Checks.notNull;

import dev.tandem.core.ContextPropagator;
import dev.tandem.core.internal.InheritedContext;
import dev.tandem.core.internal.Options;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The values of a [TaskScope.Config].
record ScopeOptions(
    @Nullable String name,
    @Nullable Duration timeout,
    @Nullable ThreadFactory threadFactory,
    int concurrency, // 0: unlimited
    List<ContextPropagator> context,
    boolean outerDeadline)
    implements TaskScope.Config {
  private static final ScopeOptions DEFAULTS =
      new ScopeOptions(null, null, null, 0, List.of(), true);

  static ScopeOptions of(UnaryOperator<TaskScope.Config> cf) {
    return switch (Options.configured(DEFAULTS, cf)) {
      case ScopeOptions options -> options;
    };
  }

  /// {@return these options, with the context that a scope opened here inherits around its own}
  ScopeOptions inherited() {
    List<ContextPropagator> all = InheritedContext.with(context);
    return all == context
        ? this
        : new ScopeOptions(name, timeout, threadFactory, concurrency, all, outerDeadline);
  }

  @Override
  public ScopeOptions withName(String name) {
    return new ScopeOptions(
        Options.name(name), timeout, threadFactory, concurrency, context, outerDeadline);
  }

  @Override
  public ScopeOptions withTimeout(Duration timeout) {
    return new ScopeOptions(
        name, notNull(timeout, "timeout"), threadFactory, concurrency, context, outerDeadline);
  }

  @Override
  public ScopeOptions withThreadFactory(ThreadFactory factory) {
    return new ScopeOptions(
        name, timeout, notNull(factory, "threadFactory"), concurrency, context, outerDeadline);
  }

  @Override
  public ScopeOptions withConcurrency(int concurrency) {
    checkArgument(concurrency > 0, "concurrency: %s (expected: 1 or more)", concurrency);
    return new ScopeOptions(name, timeout, threadFactory, concurrency, context, outerDeadline);
  }

  @Override
  public ScopeOptions withContext(ContextPropagator... propagators) {
    return new ScopeOptions(
        name,
        timeout,
        threadFactory,
        concurrency,
        Options.added(context, "context", Arrays.asList(notNull(propagators, "context"))),
        outerDeadline);
  }

  @Override
  public ScopeOptions withoutOuterDeadline() {
    return new ScopeOptions(name, timeout, threadFactory, concurrency, context, false);
  }
}
