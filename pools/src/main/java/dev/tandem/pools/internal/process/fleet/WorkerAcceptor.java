package dev.tandem.pools.internal.process.fleet;

import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameInput;
import dev.tandem.pools.internal.wire.PoolAddress;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets workers in that know their token; everybody else is sent away. The thread that greets a
/// worker becomes its reader.
final class WorkerAcceptor implements AutoCloseable {
  /*
   * A Unix-domain socket is in a directory that only this user may enter; a port of the loopback
   * interface is open to everybody on this machine. A stranger costs a thread and an open file until
   * it has shown no token for a while, or until there are too many: then the one that has been silent
   * for longest makes room. A worker says its token as soon as it is connected, and comes again if it
   * was thrown out before it was read.
   */
  private static final Logger log = LoggerFactory.getLogger(WorkerAcceptor.class);

  /// A path of a Unix-domain socket must fit into about a hundred bytes.
  private static final int MAX_PATH = 100;

  private static final int MAX_STRANGERS = 64;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long MAX_GREETING = 1 << 20;

  private final Fleet fleet;
  private final PoolDirectory directory;
  private final PoolAddress address;
  private final RareWarning warning = new RareWarning(log);
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<SteadyChannel> strangers = new LinkedHashSet<>(); // the oldest first

  private volatile ServerSocketChannel server;
  private volatile boolean closed;
  private @Nullable Object socketKey; // the supervisor's, behind the start

  WorkerAcceptor(Fleet fleet, PoolDirectory directory) throws IOException {
    this.fleet = fleet;
    this.directory = directory;
    this.server = listen(directory);
    try {
      this.address = new PoolAddress(server.getLocalAddress());
      this.socketKey = address.isPort() ? null : key(directory.socket());
    } catch (Throwable e) {
      server.close();
      throw e;
    }
  }

  private static ServerSocketChannel listen(PoolDirectory directory) throws IOException {
    if (directory.socket().toString().length() <= MAX_PATH) {
      try {
        return listenAt(directory.socket());
      } catch (IOException | UnsupportedOperationException e) {
        log.debug("No Unix-domain socket at {}; using a loopback port", directory.socket(), e);
      }
    }
    return PoolAddress.listenAtPort();
  }

  private static ServerSocketChannel listenAt(Path socket) throws IOException {
    ServerSocketChannel opened = PoolAddress.listenAt(socket);
    ExitFiles.made(socket);
    return opened;
  }

  /// {@return what tells the file there from others, null if there is none}
  private static @Nullable Object key(Path file) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.fileKey() == null ? file : attributes.fileKey();
    } catch (IOException _) {
      return null;
    }
  }

  String address() {
    return address.toString();
  }

  void start() {
    listenOn(server);
  }

  private void listenOn(ServerSocketChannel on) {
    Thread.ofPlatform()
        .daemon()
        .name(fleet.settings().name() + "-door")
        .inheritInheritableThreadLocals(false)
        .start(() -> accept(on));
  }

  /// Makes the socket again if a cleaner has removed it. Workers that have just been started find
  /// the new one: the path is the same.
  void ensure() throws IOException {
    if (address.isPort() || (socketKey != null && socketKey.equals(key(directory.socket())))) {
      return;
    }
    Files.deleteIfExists(directory.socket());
    ServerSocketChannel fresh = listenAt(directory.socket());
    try {
      listenOn(fresh);
    } catch (Throwable e) {
      fresh.close();
      throw e;
    }
    ServerSocketChannel before = server;
    server = fresh;
    socketKey = key(directory.socket());
    before.close();
    if (closed) {
      fresh.close();
    }
    log.warn("{} was removed, and is made again", directory.socket());
  }

  private void accept(ServerSocketChannel on) {
    while (on.isOpen()) {
      try {
        admit(on.accept());
      } catch (Throwable e) {
        if (on.isOpen()) {
          warning.warn(fleet.settings().name() + " cannot let a worker in: " + e, e);
          // too many open files do not become fewer at once, nor threads and memory more
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }
  }

  private void admit(SocketChannel accepted) throws IOException {
    SteadyChannel channel;
    try {
      channel = new SteadyChannel(accepted);
    } catch (Throwable e) {
      accepted.close();
      throw e;
    }
    try {
      makeRoom();
      enter(channel);
      Thread.ofPlatform()
          .daemon()
          .name(fleet.settings().name() + "-reader")
          .inheritInheritableThreadLocals(false)
          .start(() -> greet(channel));
    } catch (Throwable e) {
      leave(channel);
      closeQuietly(channel);
      throw e;
    }
  }

  private void makeRoom() {
    SteadyChannel oldest = null;
    lock.lock();
    try {
      if (strangers.size() >= MAX_STRANGERS) {
        oldest = strangers.iterator().next();
        strangers.remove(oldest);
      }
    } finally {
      lock.unlock();
    }
    if (oldest != null) {
      closeQuietly(oldest);
      warning.warn(fleet.settings().name() + " is called by many strangers; the oldest makes room");
    }
  }

  private void enter(SteadyChannel channel) {
    lock.lock();
    try {
      strangers.add(channel);
    } finally {
      lock.unlock();
    }
    if (closed) {
      closeQuietly(channel);
    }
  }

  private void leave(SteadyChannel channel) {
    lock.lock();
    try {
      strangers.remove(channel);
    } finally {
      lock.unlock();
    }
  }

  private void greet(SteadyChannel channel) {
    try (channel) {
      FrameInput frames = FrameInput.ofWorker(channel, MAX_GREETING);
      Worker worker = identify(channel, frames);
      leave(channel);
      if (worker == null) {
        warning.warn(fleet.settings().name() + " has refused a connection from a stranger");
      } else {
        Thread.currentThread().setName(fleet.settings().name() + "-" + worker.number() + "-reader");
        frames.allow(fleet.settings().maxMessage());
        fleet.connected(worker, channel, frames);
      }
    } catch (IOException | DecodingException | RuntimeException | Error e) {
      String text = fleet.settings().name() + " has refused a connection: " + e;
      if (fleet.isClosing()) {
        log.debug(text); // the end of a pool kills workers that are just starting
      } else {
        warning.warn(text);
      }
    } finally {
      leave(channel);
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
    closed = true;
    try {
      server.close();
    } catch (IOException e) {
      log.debug("The socket of {} cannot be closed", fleet.settings().name(), e);
    }
    List<SteadyChannel> all;
    lock.lock();
    try {
      all = List.copyOf(strangers);
    } finally {
      lock.unlock();
    }
    all.forEach(WorkerAcceptor::closeQuietly);
  }
}
