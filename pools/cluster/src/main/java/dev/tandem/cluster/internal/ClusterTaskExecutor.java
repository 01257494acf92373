package dev.tandem.cluster.internal;

import static dev.tandem.core.internal.Checks.notNull;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import dev.tandem.cluster.ClusterExecutor;
import dev.tandem.cluster.ClusterMember;
import dev.tandem.cluster.ClusterNode;
import dev.tandem.cluster.internal.CallerCode.Request;
import dev.tandem.core.ExecutorStats;
import dev.tandem.core.Task;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import dev.tandem.core.internal.ContextLoader;
import dev.tandem.core.internal.DumpEntry;
import dev.tandem.core.internal.GuardedLog;
import dev.tandem.core.internal.HandOverQueue;
import dev.tandem.core.internal.MapOptions;
import dev.tandem.core.internal.SeenBefore;
import dev.tandem.pools.internal.codec.CurrentChunk;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.executor.AbstractTaskExecutor;
import dev.tandem.pools.internal.executor.AcceptedTask;
import dev.tandem.pools.internal.executor.Lifecycle;
import dev.tandem.pools.internal.executor.LiveExecutors;
import dev.tandem.pools.internal.executor.MapConsumer;
import dev.tandem.pools.internal.executor.MapFunction;
import dev.tandem.pools.internal.executor.RunTerms;
import dev.tandem.pools.internal.executor.RunTerms.Unread;
import dev.tandem.pools.internal.executor.SubmittedHere;
import dev.tandem.pools.internal.executor.TaskHost;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The implementation of [ClusterExecutor].
public final class ClusterTaskExecutor extends AbstractTaskExecutor implements ClusterExecutor {
  private static final Logger log = LoggerFactory.getLogger(ClusterExecutor.class);
  private static final AtomicInteger executors = new AtomicInteger();

  private final HazelcastInstance hazelcast;
  private final boolean owned;
  private final ClusterOptions options;
  private final Lifecycle lifecycle = new Lifecycle(this::drained);
  private final CountDownLatch left = new CountDownLatch(1);
  private final RunTerms plainly;
  private final RunTerms quietly;
  private final RunTerms blindly;
  private final UUID membershipListener;
  private final UUID lifecycleListener;
  final Executor callbacks =
      new HandOverQueue(
          "A listener of a future", ContextLoader.thatFinds(ClusterTaskExecutor.class));
  final Dispatcher dispatcher;
  final CallerCode code;

  private ClusterTaskExecutor(
      HazelcastInstance hazelcast, boolean owned, String name, ClusterOptions options) {
    super(options.common(), 0, it -> new ClusterHost(name, options, it));
    this.hazelcast = hazelcast;
    this.owned = owned;
    this.options = options;
    this.plainly = RunTerms.of(host, Unread.LATER).withRetries(options.retries());
    this.quietly = RunTerms.of(host, Unread.NEVER).withRetries(options.retries());
    this.blindly = RunTerms.of(host, Unread.NOW).withRetries(options.retries());
    this.code = new CallerCode(options.allowed(), options.hazelcastExecutor());
    this.dispatcher = new Dispatcher(hazelcast, code.id, options);
    var membership = new Membership(hazelcast, options, dispatcher, admission, callbacks);
    this.lifecycleListener =
        hazelcast
            .getLifecycleService()
            .addLifecycleListener(event -> {
              if (event.getState() == LifecycleState.SHUTDOWN) {
                closeQueue(); // without members it has no room, and none comes any more
                dispatcher.end(name + ": the Hazelcast instance was shut down");
              } else if (event.getState() == LifecycleState.MERGED) {
                membership.merged();
              }
            });
    this.membershipListener = hazelcast.getCluster().addMembershipListener(membership);
  }

  /// {@return an executor over an instance that stays the caller's}
  public static ClusterExecutor on(
      HazelcastInstance hazelcast, UnaryOperator<ClusterExecutor.Config> cf) {
    return create(notNull(hazelcast, "hazelcast"), false, ClusterOptions.of(cf));
  }

  /// {@return an executor over a member of its own}
  public static ClusterExecutor embedded(
      UnaryOperator<com.hazelcast.config.Config> hazelcast,
      UnaryOperator<ClusterExecutor.Config> cf) {
    ClusterOptions options = ClusterOptions.of(cf);
    var config = notNull(hazelcast, "hazelcast").apply(ClusterNode.config());
    HazelcastInstance member = Hazelcast.newHazelcastInstance(notNull(config, "hazelcast(...)"));
    try {
      return create(member, true, options);
    } catch (Throwable e) {
      member.getLifecycleService().terminate();
      throw e;
    }
  }

  private static ClusterExecutor create(
      HazelcastInstance hazelcast, boolean owned, ClusterOptions options) {
    String name = options.common().nameOr("cluster", executors);
    return LiveExecutors.register(new ClusterTaskExecutor(hazelcast, owned, name, options));
  }

  // ---- members

  @Override
  public List<ClusterMember> members() {
    return dispatcher.members();
  }

  /// Refuses to wait for a task of this executor inside of a task on the same members.
  ///
  /// @throws IllegalStateException if the current thread runs such a task
  @Override
  protected void checkMayWait(String what) {
    if (isInside()) {
      throw new IllegalStateException(
          "%s: waiting for %s inside of a task that runs on the same members could wait for ever:"
                  .formatted(host.name, what)
              + " tasks that wait would take all their threads. Use a callback, or another"
              + " Hazelcast executor (withHazelcastExecutor)");
    }
  }

  boolean isInside() {
    Inside here = Inside.current();
    return here != null
        && here.executor().equals(options.hazelcastExecutor())
        && dispatcher.knows(here.member());
  }

  /// What the tasks share, and the knowledge of nesting.
  private static final class ClusterHost extends TaskHost {
    private final AbstractTaskExecutor executor;

    ClusterHost(String name, ClusterOptions options, AbstractTaskExecutor executor) {
      super(name, options.common(), executor);
      this.executor = executor;
    }

    @Override
    protected boolean isCurrentThreadInTask() {
      return ((ClusterTaskExecutor) executor).isInside();
    }
  }

  // ---- tasks

  @Override
  protected <T extends @Nullable Object> AcceptedTask<T> newTask(Callable<T> body, boolean quiet) {
    return newRun(body, quiet ? quietly : plainly, null);
  }

  /// A body without a result of its own is sent as it is.
  @Override
  protected <T extends @Nullable Object> AcceptedTask<T> newTask(Runnable body, T result) {
    return newRun(
        result == null ? body : dev.tandem.core.internal.Bodies.of(body, result), plainly, null);
  }

  @Override
  protected <T extends @Nullable Object> AcceptedTask<T> newTask(
      Task<T> task, @Nullable TaskListener own) {
    return newRun(task.body(), RunTerms.of(host, task, own, options.retries()), null);
  }

  @Override
  protected AcceptedTask<?> newExecuteTask(Runnable body) {
    ClusterRun<?> run = newRun(body, blindly, body);
    NotSerializableException reason = run.unsendable;
    if (reason != null) {
      throw new RejectedExecutionException(host.name + ": " + reason.getMessage(), reason);
    }
    return run;
  }

  private <T extends @Nullable Object> ClusterRun<T> newRun(
      Object body, RunTerms terms, @Nullable Runnable given) {
    Request request = null;
    NotSerializableException unsendable = null;
    Output out = new Output(Envelope.MOST_BYTES);
    try {
      code.encoder.encodeBody(host.inSentContext(body, code.encoder::canBeSent), out);
      String name = terms.name();
      request =
          code.seal(
              Wire.TASK, name == null ? "" : name, terms.timeoutNanos(), body.getClass(), out);
    } catch (NotSerializableException e) {
      unsendable = e;
    }
    return new ClusterRun<>(
        this, terms, given, request, unsendable, new SubmittedHere("a cluster"));
  }

  @Override
  protected boolean enter() {
    return lifecycle.accept();
  }

  @Override
  protected void start(AcceptedTask<?> task) {
    ClusterRun<?> run = (ClusterRun<?>) task; // made above
    NotSerializableException reason = run.unsendable;
    if (reason == null) {
      dispatcher.add(run.errand);
    } else if (run.errand.decideNow() == Errand.Before.WAITING) {
      run.errand.failed(reason);
      run.errand.gone();
    }
  }

  @Override
  public void bodyEnded() {
    lifecycle.ended();
  }

  // ---- maps

  @Override
  protected <I, R extends @Nullable Object> MapConsumer<I, R> newMap(
      MapOptions mapOptions, Iterable<? extends I> inputs, MapFunction<I, R> function) {
    return new ClusterMap<>(this, mapOptions, inputs, function);
  }

  @Override
  protected MapOptions mapDefaults() {
    return MapOptions.defaults(ClusterPace.UNLIMITED).adaptive();
  }

  /// {@return the context of the current thread, for a map to put around its inputs; null if there
  /// is none}
  @Nullable Object mapContext() {
    Callable<?> chunk = CurrentChunk.body();
    Object inContext = host.inSentContext(chunk, code.encoder::canBeSent);
    return inContext == chunk ? null : inContext;
  }

  int retries() {
    return options.retries();
  }

  // ---- the end

  /// Shut down, and all tasks have ended.
  private void drained() {
    Thread.ofVirtual().name("tandem-cluster-end").start(this::leave);
  }

  private void leave() {
    try {
      if (hazelcast.getLifecycleService().isRunning()) {
        hazelcast.getCluster().removeMembershipListener(membershipListener);
        hazelcast.getLifecycleService().removeLifecycleListener(lifecycleListener);
        if (owned) {
          hazelcast.shutdown();
        }
      }
    } catch (RuntimeException e) { // it was shut down meanwhile
      log.debug("{} could not leave its cluster: {}", host.name, GuardedLog.text(e));
    } finally {
      dispatcher.end(host.name + " has ended"); // it asks after no member any more
      left.countDown();
    }
  }

  @Override
  public void shutdown() {
    lifecycle.shutdown();
    closeQueue();
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    host.stop();
    List<Runnable> notStarted = new ArrayList<>();
    for (Errand errand : dispatcher.drain(host.name + " was shut down")) {
      if (errand instanceof ClusterRun<?>.TaskErrand own) {
        Runnable back = own.run().withdraw();
        if (back != null) {
          notStarted.add(back);
        }
      }
    }
    running().forEach(run -> run.cancel(true));
    return notStarted;
  }

  @Override
  public boolean isShutdown() {
    return lifecycle.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return lifecycle.isTerminated() && left.getCount() == 0;
  }

  @Override
  protected boolean awaitEnd(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    return lifecycle.await(nanos) && left.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  @Override
  protected List<? extends TaskInfo> survivors() {
    return running();
  }

  // ---- looking inside

  private List<ClusterRun<?>> running() {
    List<ClusterRun<?>> all = new ArrayList<>();
    for (Errand errand : dispatcher.underWay()) {
      if (errand instanceof ClusterRun<?>.TaskErrand own) {
        all.add(own.run());
      }
    }
    return all;
  }

  @Override
  public ExecutorStats stats() {
    return host.stats(this::running, _ -> true);
  }

  @Override
  protected void dump(DumpEntry entry) {
    entry.list("members").list("tasks");
    for (ClusterMember member : members()) {
      entry.add(
          "members",
          "a member",
          each ->
              each.say("address", "member ", member.address().toString(), "")
                  .flag("draining", member.draining(), " (draining)")
                  .say("slots", ": ", member.slots(), " slots")
                  .say("inFlight", ", ", member.inFlight(), " in flight"));
    }
    for (ClusterRun<?> run : running()) {
      entry.add(
          "tasks",
          run.name(),
          each -> {
            each.say("name", "", run.name(), "").note("id", run.id());
            SeenBefore.sayAge(each, run, 0);
          });
    }
  }
}
