package dev.tandem.cluster.internal;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.hazelcast.cluster.Cluster;
import com.hazelcast.core.HazelcastInstance;
import dev.tandem.cluster.internal.RunningBodies.Reason;
import dev.tandem.cluster.internal.RunningBodies.Running;
import dev.tandem.core.internal.ContextLoader;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.TypeFilter;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The member's side: runs what callers send. There is one for each Hazelcast instance of this JVM
/// that has been sent something.
///
/// Thread: those of Hazelcast's executor; one request at a time each.
public final class MemberHost {
  /*
   * A member that drains begins nothing new, and tells the caller so, which sends the task to
   * another member. No task is cut off that way: a thread counts itself in, then reads `draining`;
   * drain() writes `draining`, then waits until no thread is counted in. Both under the monitor.
   * Callers learn of it by a refusal, and Hazelcast sends an answer only after this host has let go
   * of it. So the member stays for a while after its last answer. What a caller sends even later is
   * lost with the member, like what a killed one had: at most once, its outcome unknown.
   */
  private static final String KEY = "dev.tandem.cluster";
  private static final long QUIET_NANOS = 1_000_000_000;
  private static final long MOST_QUIET_NANOS = 10_000_000_000L;
  private static final int MOST_CALLERS = 1024;
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  private final NodeOptions options;
  private final Cluster cluster;
  private final ClassLoader loader;
  private final Encoder encoder = new Encoder();
  private final UUID encoderId = UUID.randomUUID();
  private final LoadingCache<UUID, Peer> callers;
  final RunningBodies running = new RunningBodies();
  private boolean draining; // @GuardedBy("this")
  private int busy; // @GuardedBy("this")
  private long lastAnswer; // when it last answered. @GuardedBy("this")

  private MemberHost(HazelcastInstance hazelcast, NodeOptions options) {
    this.options = options;
    this.cluster = hazelcast.getCluster();
    ClassLoader configured = hazelcast.getConfig().getClassLoader();
    this.loader = configured == null ? ContextLoader.thatFinds(MemberHost.class) : configured;
    this.callers =
        CacheBuilder.newBuilder()
            .maximumSize(MOST_CALLERS)
            .expireAfterAccess(FORGOTTEN_AFTER)
            .build(CacheLoader.from(_ -> new Peer(newFilter(), loader)));
  }

  private TypeFilter newFilter() {
    return new TypeFilter(options.allowed(), loader);
  }

  /// {@return the host of an instance in this JVM}
  static MemberHost of(HazelcastInstance hazelcast) {
    return of(hazelcast, NodeOptions.DEFAULTS);
  }

  /// {@return the host of an instance in this JVM}
  ///
  /// @param options how it runs tasks, if it is not there already
  public static MemberHost of(HazelcastInstance hazelcast, NodeOptions options) {
    return (MemberHost)
        hazelcast.getUserContext().computeIfAbsent(KEY, _ -> new MemberHost(hazelcast, options));
  }

  // ---- draining

  private synchronized boolean enter() {
    if (draining) {
      lastAnswer = System.nanoTime();
      return false;
    }
    busy++;
    return true;
  }

  private synchronized void leave() {
    busy--;
    lastAnswer = System.nanoTime();
    notifyAll();
  }

  /// Begins nothing new from now on, and waits until nothing runs, no answer is on its way, and no
  /// caller sends any more.
  ///
  /// @param limit how long to wait at most for what runs
  /// @return whether nothing runs
  public synchronized boolean drain(Duration limit) throws InterruptedException {
    draining = true;
    lastAnswer = System.nanoTime();
    long end = lastAnswer + limit.toNanos();
    while (busy > 0) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    long last = System.nanoTime() + MOST_QUIET_NANOS;
    for (long now; (now = System.nanoTime()) - lastAnswer < QUIET_NANOS && now - last < 0; ) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, lastAnswer + QUIET_NANOS - now));
    }
    return true;
  }

  // ---- a request

  /// {@return the reply to a request} Whatever the bytes and the body do: this throws nothing that
  /// Hazelcast would have to send.
  byte[] run(byte[] request) {
    Reply reply = new Reply(encoder, encoderId);
    if (!enter()) {
      return Reply.of(Wire.DRAINING);
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      ContextLoader.restore(thread, loader);
      return answer(Envelope.kind(request), Envelope.open(request), reply);
    } catch (DecodingException e) {
      return reply.undecodable(e);
    } catch (Throwable e) {
      return reply.failure(e);
    } finally {
      Inside.set(null);
      ContextLoader.restore(thread, before);
      leave();
    }
  }

  private byte[] answer(int kind, Envelope message, Reply reply) throws DecodingException {
    Peer caller = callers.getUnchecked(message.sender());
    Input in = message.content();
    var key = new RunningBodies.Key(message.sender(), in.getLong());
    long timeoutNanos = in.getLong();
    String executor = in.getString();
    String task = in.getString();
    int names = in.getVarInt();
    for (int i = 0; i < names; i++) {
      String name = in.getString();
      if (options.allowed().isEmpty()) {
        caller.filter().allow(name);
      }
    }
    Object body =
        kind == Wire.CHUNK
            ? caller.read(message, decoder -> ReceivedChunk.read(decoder, in))
            : caller.read(message, decoder -> decoder.decode(in));
    Running running = this.running.begin(key, timeoutNanos);
    if (running == null) {
      return Reply.of(Wire.UNWANTED);
    }
    Inside.set(new Inside(cluster, executor));
    byte[] bytes = null;
    Reason stopped;
    try {
      bytes = run(task, body, running, reply);
    } finally {
      stopped = running.end();
    }
    return stopped == null
        ? bytes
        : Reply.of(stopped == Reason.TIMED_OUT ? Wire.TIMED_OUT : Wire.UNWANTED);
  }

  private byte[] run(String task, @Nullable Object body, Running running, Reply reply) {
    Thread thread = Thread.currentThread();
    String before = thread.getName();
    if (!task.isEmpty()) {
      thread.setName(task); // a system call
    }
    try {
      if (body instanceof ReceivedChunk chunk) {
        return chunk.run(this, running, reply);
      }
      return reply.result(Bodies.run(body, options.processes()));
    } catch (Throwable e) {
      return reply.failure(e);
    } finally {
      if (!task.isEmpty()) {
        thread.setName(before);
      }
    }
  }

  /// {@return what an input's function returns}
  @Nullable Object run(Item item) throws Throwable {
    return Bodies.run(item, options.processes());
  }

  /// {@return a text for the log}
  @Override
  public String toString() {
    return "%s%s"
        .formatted(cluster.getLocalMember(), options.processes() == null ? "" : " with processes");
  }
}
