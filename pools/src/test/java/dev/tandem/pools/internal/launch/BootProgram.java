package dev.tandem.pools.internal.launch;

import dev.tandem.Tandem;
import dev.tandem.pools.ProcessPool;
import dev.tandem.pools.SharedLong;
import dev.tandem.queues.Channel;
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
      share(pool, sent);
    }
    say("here " + loaders());
  }

  /// What the application offers to its workers.
  interface Shop {
    Order sell(Order order) throws OutOfStock;
  }

  private static void share(ProcessPool pool, Order sent) throws Exception {
    Channel<Order> there = pool.newChannel(1);
    Channel<Order> back = pool.newChannel(1);
    SharedLong count = pool.newLong(40);
    Shop shop =
        pool.export(
            Shop.class,
            order -> {
              throw new OutOfStock(new Order(order.id() + 20, Kind.LARGE));
            });
    var worker =
        pool.submit(() -> {
          Order order = there.take();
          back.put(new Order(order.id() + 10, Kind.LARGE));
          count.getAndAdd(order.id());
          return shop.sell(order);
        });
    there.put(sent);
    say("from a channel " + back.take());
    try {
      say("sold " + worker.get());
    } catch (ExecutionException e) {
      say("remote " + (e.getCause() instanceof OutOfStock own ? own.order : e.getCause()));
    }
    say("counted " + count.get());
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
