package dev.tandem.examples;

import dev.tandem.Tandem;
import dev.tandem.queues.Channel;
import dev.tandem.queues.Sink;
import dev.tandem.queues.Source;
import dev.tandem.structured.TaskScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;

/// Extract, transform, load: a reader for each file, four transformers, and a loader that inserts
/// batches into a database.
///
/// A batch is full, or has what came within a moment: the last rows of a slow source do not wait in
/// memory. When a row violates a constraint, the scope stops all others, and its failure is the
/// database's.
final class LoadOrders {
  private LoadOrders() {}

  private static final int TRANSFORMERS = 4;
  private static final int ROWS = 100;
  private static final Duration MOMENT = Duration.ofMillis(50);

  record Order(long id, String customer, long cents) {
    /// Reads a line such as `17;Ada;12.50`.
    static Order parse(String line) {
      List<String> fields = List.of(line.split(";", -1));
      long cents = Math.round(Double.parseDouble(fields.get(2)) * 100);
      return new Order(Long.parseLong(fields.get(0)), fields.get(1), cents);
    }
  }

  /// {@return how many rows are in the database}
  ///
  /// @param files the lines of each
  static int load(List<? extends Iterable<String>> files, DataSource database)
      throws ExecutionException, InterruptedException {
    Channel<String> lines = Tandem.newChannel(1_000);
    Channel<Order> orders = Tandem.newChannel(1_000);
    try (var scope = TaskScope.open(cf -> cf.withName("load orders"))) {
      scope.fork("readers", lines.producer(out -> readAll(files, out)));
      scope.fork("transformers", orders.producer(out -> transformAll(lines, out)));
      var rows = scope.fork("loader", () -> insertAll(orders, database));
      scope.join();
      return rows.get();
    }
  }

  private static void readAll(List<? extends Iterable<String>> files, Sink<String> out)
      throws ExecutionException, InterruptedException {
    try (var scope = TaskScope.open()) {
      for (Iterable<String> file : files) {
        scope.fork(
            "reader",
            () -> {
              for (String line : file) {
                out.put(line);
              }
            });
      }
      scope.join();
    }
  }

  private static void transformAll(Source<String> in, Sink<Order> out)
      throws ExecutionException, InterruptedException {
    try (var scope = TaskScope.open()) {
      for (int i = 0; i < TRANSFORMERS; i++) {
        scope.fork(
            "transformer",
            () -> {
              for (String line : in) {
                out.put(Order.parse(line));
              }
            });
      }
      scope.join();
    }
  }

  private static int insertAll(Source<Order> orders, DataSource database) throws SQLException {
    int rows = 0;
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement("insert into orders values (?, ?, ?)")) {
      connection.setAutoCommit(false);
      Iterator<List<Order>> batches = orders.batches(ROWS, MOMENT).iterator();
      while (batches.hasNext()) {
        rows += insert(batches.next(), insert);
      }
    }
    return rows;
  }

  /// Inserts all rows of a batch, or none.
  private static int insert(List<Order> batch, PreparedStatement insert) throws SQLException {
    Connection connection = insert.getConnection();
    try {
      for (Order order : batch) {
        insert.setLong(1, order.id());
        insert.setString(2, order.customer());
        insert.setLong(3, order.cents());
        insert.addBatch();
      }
      int rows = insert.executeBatch().length;
      connection.commit();
      return rows;
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    }
  }
}
