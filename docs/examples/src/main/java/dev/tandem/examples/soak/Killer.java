package dev.tandem.examples.soak;

import dev.tandem.pools.WorkerInfo;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Kills workers of the house from outside, at random, also while they start; now and then it only
/// stops one, which the pool has to find out by itself.
final class Killer {
  private final House house;
  private final Random random;
  private final Thread thread;

  Killer(House house, long seed) {
    this.house = house;
    this.random = new Random(seed);
    this.thread = Thread.ofPlatform().name("soak-killer").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(100 + random.nextInt(500));
        List<WorkerInfo> alive = house.alive();
        if (!alive.isEmpty()) {
          house.deaths().cause(1);
          strike(alive.get(random.nextInt(alive.size())));
        }
      }
    } catch (InterruptedException _) {
      // enough
    }
  }

  private void strike(WorkerInfo worker) throws InterruptedException {
    // one that starts and is stopped would be given up only after the time that a start may take
    if (random.nextInt(20) == 0 && House.isReady(worker)) {
      stop(worker.pid());
    } else {
      ProcessHandle.of(worker.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private static void stop(long pid) throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-s", "STOP", Long.toString(pid)).start().waitFor();
    } catch (IOException _) {
      // there is no such program: nothing is stopped here
    }
  }

  void retire() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
