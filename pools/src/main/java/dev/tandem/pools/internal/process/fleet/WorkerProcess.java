package dev.tandem.pools.internal.process.fleet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ByteChannel;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The process of a worker with what hangs on it: its token, its streams, its connection.
///
/// Thread: any; it is made by the supervisor, which must live as long as the process does.
final class WorkerProcess {
  private static final SecureRandom random = new SecureRandom();
  private static final int TOKEN_BYTES = 32;
  private static final long EXIT_WAIT_MILLIS = 10_000;

  /// The length of what marks in the worker's output begin with.
  private static final int MARK_BYTES = 8;

  private final Process process;
  private final AtomicReference<byte @Nullable []> token;
  private final byte[] secondToken = random(TOKEN_BYTES).getBytes(US_ASCII);
  private final AtomicBoolean secondTaken = new AtomicBoolean();
  private final String marks;
  final @Nullable LogPump output;
  final @Nullable LogPump errors;
  private volatile @Nullable ByteChannel channel;

  /// Claimed by the thread that sees to its end: its reader, once there is one; else the one that
  /// finds it dead.
  private final AtomicBoolean claimed = new AtomicBoolean();

  private volatile boolean killed;

  private volatile Supervisor.@Nullable Step startAlarm;

  private WorkerProcess(
      Process process,
      byte[] token,
      String marks,
      @Nullable LogPump output,
      @Nullable LogPump errors) {
    this.process = process;
    this.token = new AtomicReference<>(token);
    this.marks = marks;
    this.output = output;
    this.errors = errors;
  }

  /// Takes a process that was just started. It waits for [#tellToken].
  ///
  /// @param pumps whether its output is read
  /// @param loader the context class loader of the appenders that its output is given to
  static WorkerProcess of(Process process, String name, boolean pumps, ClassLoader loader) {
    byte[] token = random(TOKEN_BYTES).getBytes(US_ASCII);
    String marks = random(MARK_BYTES);
    if (!pumps) {
      return new WorkerProcess(process, token, marks, null, null);
    }
    return new WorkerProcess(
        process,
        token,
        marks,
        LogPump.ofOutput(process.getInputStream(), UTF_8, name, marks, loader),
        LogPump.ofError(process.getErrorStream(), UTF_8, name, marks, loader));
  }

  private static String random(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /// Tells it its token: from then on it may connect.
  void tellToken() {
    byte[] line = token.get();
    if (line != null) {
      try {
        // not on the command line, which others can read
        OutputStream stdin = process.getOutputStream();
        stdin.write(line);
        stdin.write('\n');
        stdin.write(marks.getBytes(US_ASCII));
        stdin.write('\n');
        stdin.flush();
      } catch (IOException e) {
        // it is gone already, and has said why
      }
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// {@return whether this is the token; once}
  boolean takeToken(byte[] given) {
    byte[] expected = token.get();
    return expected != null
        && MessageDigest.isEqual(expected, given)
        && token.compareAndSet(expected, null);
  }

  /// {@return the token of its second connection}
  byte[] secondToken() {
    return secondToken;
  }

  /// {@return whether this is that token; once}
  boolean takeSecondToken(byte[] given) {
    return MessageDigest.isEqual(secondToken, given) && secondTaken.compareAndSet(false, true);
  }

  /// Takes its connection, for the reader of that.
  ///
  /// @return false if it was found dead before
  boolean connected(ByteChannel to) {
    channel = to;
    return claimed.compareAndSet(false, true);
  }

  /// {@return whether this call finds that it is not connected, and never will be}
  boolean claimUnconnected() {
    return claimed.compareAndSet(false, true);
  }

  /// Takes the alarm that rings if it is not ready in time.
  void giveUpBy(Supervisor.Step alarm) {
    startAlarm = alarm;
  }

  /// Stops the alarm: it is ready, or never will be.
  void hasStarted() {
    Supervisor.Step alarm = startAlarm;
    if (alarm != null) {
      alarm.cancel();
    }
  }

  // ---- its end

  /// Kills it. The end of its streams must stay readable, so the process is killed, not the
  /// [Process].
  void kill() {
    killed = true;
    WorkerGroup.kill(process.toHandle());
  }

  /// Kills it again if it was killed and lives: the JDK does nothing when it has no open file left
  /// to look whether the process is still the same.
  void ensureKilled() {
    if (killed && process.isAlive()) {
      kill();
    }
  }

  /// Asks its JVM to exit.
  void terminate() {
    try {
      OutputStream stdin = process.getOutputStream();
      stdin.write(1); // see ParentWatch: its JVM is deaf to SIGTERM
      stdin.flush();
    } catch (IOException e) {
      // it is gone
    }
  }

  /// Lets it leave by itself: it need not watch whether this JVM lives.
  void letGo() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // it is gone already
    }
  }

  void disconnect() {
    ByteChannel open = channel;
    if (open != null) {
      WorkerAcceptor.closeQuietly(open);
    }
  }

  /// Waits for its exit code. Kills it if it has closed its connection, and lives.
  ///
  /// @return the code, or [WorkerEnd#UNKNOWN]
  int exitCode() {
    try {
      if (!process.waitFor(EXIT_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
        WorkerGroup.kill(process.toHandle());
        if (!process.waitFor(EXIT_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
          return WorkerEnd.UNKNOWN;
        }
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      return WorkerEnd.UNKNOWN; // no thread interrupts a reaper
    }
  }
}
