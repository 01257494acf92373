package dev.tandem.pools.internal.launch;

import dev.tandem.Tandem;
import dev.tandem.pools.ProcessPool;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// An application for tests of Spring Boot's launchers: sends records, constants and exceptions of
/// its own both ways, and says what has come back.
public final class BootProgram {
  private BootProgram() {}

  record Order(int id, Kind kind) {}

  enum Kind {
    SMALL,
    LARGE
  }

  static final class OutOfStock extends Exception {
    private static final long serialVersionUID = 1L;
    final Order order;

    OutOfStock(Order order) {
      super("out of stock");
      this.order = order;
    }
  }

  /// Prints lines that start with `boot `.
  ///
  /// @param args none
  public static void main(String[] args) throws Exception {
    try (ProcessPool pool = Tandem.newProcessPool(1)) {
      Order sent = new Order(1, Kind.SMALL);
      Order order = pool.submit(() -> new Order(sent.id() + 1, Kind.LARGE)).get();
      say("returned " + order);
      say("mapped " + pool.map(List.of(sent), o -> new Order(o.id() + 2, Kind.LARGE)).toList());
      try {
        say("nothing thrown " + pool.submit(() -> fail(sent)).get());
      } catch (ExecutionException e) {
        say("caught " + (e.getCause() instanceof OutOfStock own ? own.order : e.getCause()));
      }
      say("worker " + pool.submit(() -> loaders()).get());
    }
    say("here " + loaders());
  }

  private static int fail(Order order) throws OutOfStock {
    throw new OutOfStock(order);
  }

  private static String loaders() {
    ClassLoader own = BootProgram.class.getClassLoader();
    boolean same = Thread.currentThread().getContextClassLoader() == own;
    return own.getClass().getSimpleName() + ", the context's: " + same;
  }

  private static void say(String text) {
    System.out.println("boot " + text);
  }
}
