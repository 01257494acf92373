package dev.tandem.pools.internal.process;

import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.worker.Frame;
import dev.tandem.pools.internal.worker.FrameInput;
import dev.tandem.pools.internal.worker.PoolAddress;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Lets workers in that know their token; everybody else is sent away. The thread that greets a
/// worker becomes its reader.
final class Doorkeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Doorkeeper.class);

  /// A path of a Unix-domain socket must fit into about a hundred bytes.
  private static final int MAX_PATH = 100;

  private static final int MAX_STRANGERS = 64;
  private static final long PATIENCE_NANOS = 10_000_000_000L;
  private static final long PAUSE_NANOS = 100_000_000;
  private static final long MAX_GREETING = 1 << 20;

  private final Fleet fleet;
  private final ServerSocketChannel server;
  private final PoolAddress address;
  private final Set<SteadyChannel> greeted = ConcurrentHashMap.newKeySet();
  private final Semaphore strangers = new Semaphore(MAX_STRANGERS);

  Doorkeeper(Fleet fleet, PoolDirectory directory) throws IOException {
    this.fleet = fleet;
    this.server = listen(directory);
    this.address = new PoolAddress(server.getLocalAddress());
  }

  private static ServerSocketChannel listen(PoolDirectory directory) throws IOException {
    if (directory.socket().toString().length() <= MAX_PATH) {
      try {
        return PoolAddress.listenAt(directory.socket());
      } catch (IOException | UnsupportedOperationException e) {
        log.debug("No Unix-domain socket at {}; using a loopback port", directory.socket(), e);
      }
    }
    return PoolAddress.listenAtPort();
  }

  String address() {
    return address.toString();
  }

  void start() {
    Thread.ofPlatform()
        .daemon()
        .name(fleet.settings().name() + "-door")
        .inheritInheritableThreadLocals(false)
        .start(this::accept);
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        admit(server.accept());
      } catch (IOException e) {
        if (server.isOpen()) {
          log.warn("{} cannot let a worker in", fleet.settings().name(), e);
          LockSupport.parkNanos(PAUSE_NANOS); // too many open files do not become fewer at once
        }
      }
    }
  }

  private void admit(SocketChannel accepted) throws IOException {
    SteadyChannel channel;
    try {
      channel = new SteadyChannel(accepted);
    } catch (IOException e) {
      accepted.close();
      throw e;
    }
    if (!strangers.tryAcquire()) {
      closeQuietly(channel);
      return;
    }
    try {
      Thread.ofPlatform()
          .daemon()
          .name(fleet.settings().name() + "-reader")
          .inheritInheritableThreadLocals(false)
          .start(() -> greet(channel));
    } catch (Throwable e) {
      strangers.release();
      closeQuietly(channel);
      log.warn("{} has no thread for a worker", fleet.settings().name(), e);
    }
  }

  private void greet(SteadyChannel channel) {
    boolean known = false;
    greeted.add(channel);
    try (channel) {
      FrameInput frames = new FrameInput(channel, MAX_GREETING);
      Worker worker = identify(channel, frames);
      strangers.release();
      known = true;
      greeted.remove(channel);
      if (worker == null) {
        log.warn("{} has refused a connection from a stranger", fleet.settings().name());
      } else {
        Thread.currentThread().setName(fleet.settings().name() + "-" + worker.number() + "-reader");
        frames.allow(fleet.settings().maxMessage());
        fleet.connected(worker, channel, frames);
      }
    } catch (IOException | DecodingException e) {
      // the end of a pool kills workers that are just starting
      log.atLevel(fleet.isClosing() ? Level.DEBUG : Level.WARN)
          .log("{} has refused a connection: {}", fleet.settings().name(), e.toString());
    } finally {
      if (!known) {
        strangers.release();
        greeted.remove(channel);
      }
    }
  }

  /// {@return the worker that has connected, or null if it is none}
  private @Nullable Worker identify(SteadyChannel channel, FrameInput frames)
      throws IOException, DecodingException {
    Future<?> impatience =
        TaskTimer.after(PATIENCE_NANOS, () -> TaskTimer.handOver(() -> closeQuietly(channel)));
    try {
      if (frames.next() != Frame.HELLO) {
        return null;
      }
      Input in = frames.input();
      byte[] token = in.getBytes(in.getVarInt());
      int number = in.getInt();
      long clock = in.getLong();
      return fleet.identify(number, token, clock, in.getString());
    } finally {
      impatience.cancel(false);
    }
  }

  private static void closeQuietly(SteadyChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // closed it is
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      log.debug("The socket of {} cannot be closed", fleet.settings().name(), e);
    }
    greeted.forEach(Doorkeeper::closeQuietly);
  }
}
