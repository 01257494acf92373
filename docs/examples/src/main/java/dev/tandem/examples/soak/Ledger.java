package dev.tandem.examples.soak;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Counts everything that is given to the library and what comes back, and keeps what is wrong.
/// Each round has an [Account] of its own; at a quiet point the sums have to be equal.
final class Ledger {
  /// Enough to see what is wrong; a broken run would say the same thing for ever.
  private static final int MOST_PROBLEMS = 20;

  private final LongAdder in = new LongAdder();
  private final Map<Fate, LongAdder> out = new EnumMap<>(Fate.class);
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();
  private final AtomicInteger problemCount = new AtomicInteger();

  Ledger() {
    for (Fate fate : Fate.values()) {
      out.put(fate, new LongAdder());
    }
  }

  /// {@return the account of one round}
  ///
  /// @param name names the round in what is reported
  /// @param places how many things the round can give to the library at most
  Account open(String name, int places) {
    return new Account(this, name, places);
  }

  void entered() {
    in.increment();
  }

  void left(Fate fate) {
    adder(fate).increment();
  }

  void problem(String what) {
    if (problemCount.incrementAndGet() <= MOST_PROBLEMS) {
      problems.add(what);
    }
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  boolean isRight() {
    return problems.isEmpty();
  }

  /// Nothing is on its way: what went in has come out.
  void checkBalance() {
    if (in.sum() != out()) {
      problem("out of balance: " + this);
    }
  }

  long in() {
    return in.sum();
  }

  long out(Fate fate) {
    return adder(fate).sum();
  }

  private long out() {
    return out.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /// {@return a number that grows as long as anything moves}
  long moves() {
    return in.sum() + out();
  }

  private LongAdder adder(Fate fate) {
    LongAdder adder = out.get(fate);
    if (adder == null) {
      throw new IllegalStateException("no count for " + fate);
    }
    return adder;
  }

  @Override
  public String toString() {
    return "in %,d = %,d results + %,d failures + %,d cancelled + %,d refused"
        .formatted(
            in(), out(Fate.RESULT), out(Fate.FAILURE), out(Fate.CANCELLED), out(Fate.REFUSED));
  }
}
