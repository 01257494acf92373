package dev.tandem.pools.internal.launch;

import dev.tandem.Tandem;
import dev.tandem.pools.ProcessPool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/// A program that uses a pool with an AOT cache, and may wait for the cache to be made.
public final class AotPoolProgram {
  private AotPoolProgram() {}

  public static void main(String[] args) throws Exception {
    Path cache = Path.of(args[0]);
    int number = args.length;
    try (ProcessPool pool =
        Tandem.newProcessPool(
            1, cf -> cf.withAotCache(cache).withJvmArguments("-Xlog:class+load:file=loaded-%p"))) {
      System.out.println("answer=" + pool.submit(() -> 41 + number).get());
      if (args.length > 1) {
        while (!Files.exists(cache)) {
          LockSupport.parkNanos(10_000_000);
        }
      }
    }
  }
}
