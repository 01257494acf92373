package dev.tandem.pools.internal.process.fleet;

import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.PoolStartException;
import dev.tandem.pools.WorkerCrashedException.Kind;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameInput;
import dev.tandem.pools.internal.wire.SteadyChannel;
import dev.tandem.pools.internal.wire.Transport;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The acceptor of a pool's connections: authenticates workers by their tokens, and closes all
/// other connections. The thread that authenticates a worker becomes its reader.
final class WorkerAcceptor implements AutoCloseable {
  /*
   * A Unix-domain socket is in a directory that only this user may enter; a port of the loopback
   * interface is open to every process of this machine. A stranger is a connection that has shown no
   * token yet. It costs a thread and an open file, so it is closed after a while, or, when there are
   * too many, the oldest one. A worker sends its token as soon as it is connected, and connects again
   * if its connection was closed before the token was read.
   */
  private static final Logger log = LoggerFactory.getLogger(WorkerAcceptor.class);

  private static final int MAX_STRANGERS = 64;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long MAX_GREETING = 1 << 20;

  private final Fleet fleet;
  private final PoolDirectory directory;
  private final Message initializer;
  private final RareWarning warning = new RareWarning(log);

  /// The connections that have shown no token, the oldest first. @GuardedBy("strangers")
  private final Set<ByteChannel> strangers = new LinkedHashSet<>();

  private volatile Transport transport;
  private volatile boolean closed;

  /// @param initializer the first thing that a worker runs
  WorkerAcceptor(Fleet fleet, PoolDirectory directory, Message initializer) throws IOException {
    this.fleet = fleet;
    this.directory = directory;
    this.initializer = initializer;
    this.transport =
        Transport.listen(
            directory.socket(),
            e ->
                log.debug(
                    "No Unix-domain socket at {}; using a loopback port", directory.socket(), e));
    ExitFiles.made(directory.socket());
  }

  String address() {
    return transport.address();
  }

  void start() {
    acceptFrom(transport);
  }

  private void acceptFrom(Transport from) {
    Thread.ofPlatform()
        .daemon()
        .name(fleet.name() + "-door")
        .inheritInheritableThreadLocals(false)
        .start(() -> accept(from));
  }

  /// Makes the socket again if a cleaner has removed it. Workers that have just been started find
  /// the new one, since the address is the same. Thread: supervisor.
  void ensure() throws IOException {
    Transport before = transport;
    if (!before.isLost()) {
      return;
    }
    Transport fresh = before.reopen();
    ExitFiles.made(directory.socket());
    try {
      acceptFrom(fresh);
    } catch (Throwable e) {
      fresh.close();
      throw e;
    }
    transport = fresh;
    before.close();
    if (closed) {
      fresh.close();
    }
    log.warn("{} was removed, and is made again", directory.socket());
  }

  private void accept(Transport from) {
    while (from.isOpen()) {
      try {
        admit(from.accept());
      } catch (Throwable e) {
        if (from.isOpen()) {
          warning.warn(fleet.options.name() + " cannot let a worker in: " + e, e);
          // too many open files do not become fewer at once, nor threads and memory more
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }
  }

  private void admit(SteadyChannel channel) {
    try {
      makeRoom();
      enter(channel);
      Thread.ofPlatform()
          .daemon()
          .name(fleet.name() + "-reader")
          .inheritInheritableThreadLocals(false)
          .start(() -> greet(channel));
    } catch (Throwable e) {
      leave(channel);
      closeQuietly(channel);
      throw e;
    }
  }

  private void makeRoom() {
    ByteChannel oldest = null;
    synchronized (strangers) {
      if (strangers.size() >= MAX_STRANGERS) {
        oldest = strangers.iterator().next();
        strangers.remove(oldest);
      }
    }
    if (oldest != null) {
      closeQuietly(oldest);
      warning.warn(fleet.name() + " is called by many strangers; the oldest makes room");
    }
  }

  private void enter(ByteChannel channel) {
    synchronized (strangers) {
      strangers.add(channel);
    }
    if (closed) {
      closeQuietly(channel);
    }
  }

  private void leave(ByteChannel channel) {
    synchronized (strangers) {
      strangers.remove(channel);
    }
  }

  // ---- Thread: the reader of the connection

  private void greet(SteadyChannel channel) {
    try (channel) {
      FrameInput frames = FrameInput.ofWorker(channel, MAX_GREETING);
      Worker worker = identify(channel, frames);
      leave(channel);
      if (worker == null) {
        warning.warn(fleet.name() + " has refused a connection from a stranger");
        return;
      }
      Thread thread = Thread.currentThread();
      frames.allow(fleet.options.limits().message());
      if (frames.kind() == Frame.HELLO) {
        thread.setName(fleet.name() + "-" + worker.number + "-reader");
        read(worker, channel, frames);
      } else {
        thread.setName(fleet.name() + "-" + worker.number + "-second-reader");
        thread.setContextClassLoader(fleet.loader);
        new SecondReader(fleet, worker, channel).read(frames);
      }
    } catch (IOException | DecodingException | RuntimeException | Error e) {
      String text = fleet.name() + " has refused a connection: " + e;
      if (fleet.state.isClosing()) {
        log.debug(text); // the end of a pool kills workers that are just starting
      } else {
        warning.warn(text);
      }
    } finally {
      leave(channel);
    }
  }

  /// {@return the worker at the other end; null if it is none}
  private @Nullable Worker identify(ByteChannel channel, FrameInput frames)
      throws IOException, DecodingException {
    Future<?> impatience =
        TaskTimer.after(PATIENCE_NANOS, () -> TaskTimer.handOver(() -> closeQuietly(channel)));
    try {
      int kind = frames.next();
      if (kind != Frame.HELLO && kind != Frame.HELLO_AGAIN) {
        return null;
      }
      Input in = frames.input();
      byte[] token = in.getBytes(in.getVarInt());
      int number = in.getInt();
      if (kind == Frame.HELLO_AGAIN) {
        Worker worker = fleet.worker(number);
        WorkerProcess process = worker == null ? null : worker.process();
        return process != null && process.takeSecondToken(token) ? worker : null;
      }
      long clock = in.getLong();
      return identify(number, token, clock, in.getString());
    } finally {
      impatience.cancel(false);
    }
  }

  /// Authenticates a connection that claims to be a worker.
  ///
  /// @param number the number of the worker that it claims to be
  /// @param token the secret that only that worker was told
  /// @param clock what `System.nanoTime` shows there
  /// @param fingerprint what the worker's code is
  /// @return the worker; null if it is refused
  private @Nullable Worker identify(int number, byte[] token, long clock, String fingerprint) {
    Worker worker = fleet.worker(number);
    WorkerProcess process = worker == null ? null : worker.process();
    if (worker == null || process == null || !process.takeToken(token)) {
      return null;
    }
    String difference = fleet.launcher.difference(fingerprint);
    if (difference != null) {
      refuse(worker, difference);
      return null;
    }
    if (!StatusPageFile.takeAway(directory.page(number))) {
      worker.losePage();
      refuse(worker, "its status page %s was truncated".formatted(directory.page(number)));
      return null;
    }
    worker.showedClock(clock);
    return worker;
  }

  private void refuse(Worker worker, String reason) {
    fleet.backoff.because(worker, new PoolStartException(reason, null));
    worker.kill(Kind.LOST, reason);
  }

  /// Configures a worker, reads its answers until it is gone, and reaps it.
  private void read(Worker worker, ByteChannel channel, FrameInput frames) throws IOException {
    WorkerProcess process = worker.process();
    if (process == null || !process.connected(channel)) {
      return; // it is gone, and reaped
    }
    Throwable broken = null;
    try {
      // inputs of a map that were lost with a worker are encoded again by its reader
      Thread.currentThread().setContextClassLoader(fleet.loader);
      BlobMemory large = new BlobMemory(fleet.shared, fleet.encoder, frames);
      SendStream stream = new SendStream(channel, fleet.encoder, fleet.applicationCode, large);
      worker.connected(stream, large);
      fleet.supervisor.lookAround(); // the next may start
      FleetOptions options = fleet.options;
      stream.configure(options.limits().message(), process.secondToken(), options.code().allowed());
      if (fleet.sizer.isComplete()) {
        stream.send(Frame.WARM_UP); // a spare: it is there when it is needed
      }
      stream.add(initializer, 0);
      stream.flush();
      Decoder decoder = new Decoder(fleet.filter, fleet.loader, fleet.handles);
      broken = new ReplyReader(fleet, worker, decoder, large, initializer.guest()).read(frames);
    } finally {
      if (!worker.reading.isGivenUp()) {
        fleet.deathWatch.reap(worker, broken);
      }
    }
  }

  // ---- the end

  static void closeQuietly(ByteChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // closed it is
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      transport.close();
    } catch (IOException e) {
      log.debug("The socket of {} cannot be closed", fleet.name(), e);
    }
    List<ByteChannel> all;
    synchronized (strangers) {
      all = List.copyOf(strangers);
    }
    all.forEach(WorkerAcceptor::closeQuietly);
  }
}
