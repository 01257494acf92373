package dev.tandem.pools.internal.process.fleet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ByteChannel;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The process of a worker with what hangs on it: its token, its streams, its connection.
final class WorkerProcess {
  private static final SecureRandom random = new SecureRandom();
  private static final int TOKEN_BYTES = 32;

  /// Of what marks in the worker's output begin with: each has it.
  private static final int MARK_BYTES = 8;

  private final Process process;
  private final AtomicReference<byte @Nullable []> token;
  private final String marks;
  private final @Nullable LogPump output;
  private final @Nullable LogPump errors;
  private volatile @Nullable ByteChannel channel;

  /// Who sees to its end: its reader, once there is one; else whoever finds it dead.
  private final AtomicBoolean claimed = new AtomicBoolean();

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

  /// The arguments of a worker.
  static String[] arguments(Worker worker, String address, PoolDirectory directory) {
    return new String[] {
      Integer.toString(worker.number()),
      address,
      directory.page(worker.number()).toString(),
      Long.toString(ProcessHandle.current().pid())
    };
  }

  /// Takes a process that was just started. It waits for [#tellToken].
  ///
  /// @param pumps whether its output is read
  static WorkerProcess of(Process process, String pool, Worker worker, boolean pumps) {
    byte[] token = random(TOKEN_BYTES).getBytes(US_ASCII);
    String marks = random(MARK_BYTES);
    if (!pumps) {
      return new WorkerProcess(process, token, marks, null, null);
    }
    String name = pool + "-" + worker.number();
    return new WorkerProcess(
        process,
        token,
        marks,
        LogPump.ofOutput(process.getInputStream(), UTF_8, name, marks, worker.loader()),
        LogPump.ofError(process.getErrorStream(), UTF_8, name, marks, worker.loader()));
  }

  private static String random(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /// Tells it its token: from now on it may connect.
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

  Process process() {
    return process;
  }

  @Nullable LogPump output() {
    return output;
  }

  @Nullable LogPump errors() {
    return errors;
  }

  /// {@return whether this is the token; once}
  boolean takeToken(byte[] given) {
    byte[] expected = token.get();
    return expected != null
        && MessageDigest.isEqual(expected, given)
        && token.compareAndSet(expected, null);
  }

  /// {@return false if it was found dead before}
  boolean connected(ByteChannel to) {
    channel = to;
    return claimed.compareAndSet(false, true);
  }

  /// {@return whether nobody is connected to it, or ever will be}
  boolean claimUnconnected() {
    return claimed.compareAndSet(false, true);
  }

  /// The alarm that rings if it is not ready in time.
  void giveUpBy(Supervisor.Step alarm) {
    startAlarm = alarm;
  }

  void hasStarted() {
    Supervisor.Step alarm = startAlarm;
    if (alarm != null) {
      alarm.cancel();
    }
  }

  void disconnect() {
    ByteChannel open = channel;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // closed it is
      }
    }
  }
}
