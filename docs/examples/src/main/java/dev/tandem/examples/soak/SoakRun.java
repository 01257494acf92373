package dev.tandem.examples.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// One soak: waves of work with a quiet point after each. The first opens and closes everything
/// once, so that what the JDK loads and keeps is there before anything is compared.
final class SoakRun {
  /// How many things one round may give to the library.
  private static final int PLACES = 8_192;

  private static final String SOCKETS = "tandem.socket.directory";
  private static final String PAGES = "tandem.page.directory";
  private static final Duration WAVE = Duration.ofSeconds(5);

  private final long seed;
  private final Duration duration;
  private final PrintStream to;
  private final Ledger ledger = new Ledger();
  private final LongAdder rounds = new LongAdder();
  private final BiFunction<House, Path, List<Load>> loads;
  private final Path notes;
  private final Path sockets;
  private final Path pages;
  private final LeakCheck leaks;

  /// @param seed decides what happens, though not in which order
  /// @param duration how long; a wave that has begun is played to its end
  /// @param patience how long at a quiet point what is on its way out may take to be gone
  /// @param directory a directory of its own
  /// @param to gets a line after each wave
  /// @param loads what is played in a house, with a directory for notes
  SoakRun(
      long seed,
      Duration duration,
      Duration patience,
      Path directory,
      PrintStream to,
      BiFunction<House, Path, List<Load>> loads)
      throws IOException {
    this.seed = seed;
    this.duration = duration;
    this.to = to;
    this.loads = loads;
    this.notes = Files.createDirectory(directory.resolve("n"));
    this.sockets = Files.createDirectory(directory.resolve("s"));
    this.pages = Files.createDirectory(directory.resolve("p"));
    this.leaks = new LeakCheck(List.of(notes, sockets, pages), patience);
  }

  Ledger ledger() {
    return ledger;
  }

  Report run() throws Exception {
    System.setProperty(SOCKETS, sockets.toString());
    System.setProperty(PAGES, pages.toString());
    try {
      return runInDirectory();
    } finally {
      System.clearProperty(SOCKETS);
      System.clearProperty(PAGES);
    }
  }

  /// {@return all there is to play}
  static List<Load> all(House house, Path notes) {
    return List.of(
        new ThreadLoad(),
        new ChannelLoad(),
        new SingleLaneLoad(),
        new ScopeLoad(house),
        new ProcessLoad(house, notes),
        new ShortPoolLoad(house.deaths()));
  }

  private Report runInDirectory() throws Exception {
    long end = System.nanoTime() + duration.toNanos();
    live(new Random(seed), System.nanoTime()); // the first wave only
    Census empty = leaks.census();
    live(new Random(seed + 1), end);
    Census last = leaks.compare("at the end", empty, ledger);
    leaks.compareHeaps(ledger);
    return new Report(seed, rounds.sum(), ledger.toString(), last, ledger.problems());
  }

  /// Opens the house, plays waves until the time is over or something is wrong, and closes it.
  private void live(Random random, long end) throws Exception {
    Account account = ledger.open("house", 1);
    try (var house = new House(ledger)) {
      List<Load> inThisHouse = loads.apply(house, notes);
      wave(random, house, inThisHouse);
      Census settled = quiet(house, null);
      while (System.nanoTime() < end && ledger.isRight()) {
        wave(random, house, inThisHouse);
        leaks.remember(quiet(house, settled).heap());
      }
      house.close(account);
    }
  }

  /// All loads at once, each on a thread of its own; every third wave goes step by step.
  private void wave(Random random, House house, List<Load> parts) throws Exception {
    boolean slow = random.nextInt(3) == 0;
    long end = System.nanoTime() + Math.min(WAVE.toNanos(), duration.toNanos());
    List<Thread> players = new ArrayList<>();
    var killer = new Killer(house, random.nextLong());
    try {
      for (Load load : parts) {
        long first = random.nextLong();
        players.add(
            Thread.ofPlatform()
                .name("soak-player " + load.name())
                .start(() -> play(load, first, slow, end)));
      }
      for (Thread player : players) {
        player.join();
      }
    } finally {
      killer.retire();
    }
  }

  private void play(Load load, long first, boolean slow, long end) {
    for (int i = 0; System.nanoTime() < end && ledger.isRight(); i++) {
      String name = "%s, round %d of %d".formatted(load.name(), i, first);
      Account account = ledger.open(name, PLACES);
      try {
        load.play(new Round(new Random(first + i), account, slow));
      } catch (Throwable e) {
        account.problem(Problems.text(e));
      }
      account.close();
      rounds.increment();
    }
  }

  /// Nothing is on its way: the sums have to agree, all has to answer, nothing may be left.
  private Census quiet(House house, @Nullable Census before) throws Exception {
    ledger.checkBalance();
    TimeUnit.MILLISECONDS.sleep(500); // quiet: no step follows
    house.ask(ledger);
    house.settle(ledger);
    house.deaths().check();
    Census now = before == null ? leaks.census() : leaks.compare("in between", before, ledger);
    to.printf(
        "%,d rounds, %s, %,d kills cost %,d tasks; quiet: %s%n",
        rounds.sum(), ledger, house.deaths().caused(), house.deaths().seen(), now);
    return now;
  }
}
