package dev.tandem.pools.internal.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.pools.internal.launch.Launcher;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The process of a worker with what hangs on it: its token, its streams, its connection.
final class Spawned {
  private static final SecureRandom random = new SecureRandom();
  private static final int TOKEN_BYTES = 32;

  private final Process process;
  private final AtomicReference<byte @Nullable []> token;
  private final LogPump output;
  private final LogPump errors;
  private volatile @Nullable SocketChannel channel;
  private volatile @Nullable Future<?> startAlarm;

  private Spawned(Process process, byte[] token, LogPump output, LogPump errors) {
    this.process = process;
    this.token = new AtomicReference<>(token);
    this.output = output;
    this.errors = errors;
  }

  static Spawned start(
      Launcher launcher, String pool, Worker worker, String address, PoolDirectory directory)
      throws IOException {
    int number = worker.number();
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    byte[] token = HexFormat.of().formatHex(bytes).getBytes(US_ASCII);
    Process process =
        launcher.start(
            number,
            Integer.toString(number),
            address,
            directory.page(number).toString(),
            Long.toString(ProcessHandle.current().pid()));
    try {
      // not on the command line, which others can read
      OutputStream stdin = process.getOutputStream();
      stdin.write(token);
      stdin.write('\n');
      stdin.flush();
    } catch (IOException e) {
      // it is gone already, and has said why
    }
    String name = pool + "-" + number;
    return new Spawned(
        process,
        token,
        LogPump.ofOutput(process.getInputStream(), UTF_8, name, worker::currentTitle),
        LogPump.ofError(process.getErrorStream(), UTF_8, name, worker::currentTitle));
  }

  Process process() {
    return process;
  }

  LogPump output() {
    return output;
  }

  LogPump errors() {
    return errors;
  }

  /// {@return whether this is the token; once}
  boolean takeToken(byte[] given) {
    byte[] expected = token.get();
    return expected != null
        && MessageDigest.isEqual(expected, given)
        && token.compareAndSet(expected, null);
  }

  void connected(SocketChannel to) {
    channel = to;
  }

  /// The alarm that rings if it is not ready in time.
  void giveUpBy(Future<?> alarm) {
    startAlarm = alarm;
  }

  void hasStarted() {
    Future<?> alarm = startAlarm;
    if (alarm != null) {
      alarm.cancel(false);
    }
  }

  boolean isConnected() {
    return channel != null;
  }

  void disconnect() {
    SocketChannel open = channel;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // closed it is
      }
    }
  }
}
