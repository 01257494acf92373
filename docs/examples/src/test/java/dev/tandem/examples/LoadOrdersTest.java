package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadOrdersTest {
  private JdbcConnectionPool database;

  @BeforeEach
  void createTable() throws SQLException {
    database = JdbcConnectionPool.create("jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1", "sa", "");
    execute("create table orders (id bigint primary key, customer varchar, cents bigint)");
  }

  @AfterEach
  void shutDown() throws SQLException {
    execute("shutdown");
    database.dispose();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<Long> query(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      rows.next();
      return List.of(rows.getLong(1), rows.getLong(2));
    }
  }

  private static List<String> lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(id -> id + ";Ada;0." + (10 + id % 90)).toList();
  }

  @Test
  void eachLineIsOneRow() throws Exception {
    long cents = IntStream.range(0, 7_250).mapToLong(id -> 10 + id % 90).sum();

    int rows = LoadOrders.load(List.of(lines(0, 5_000), lines(5_000, 7_250)), database);

    assertThat(rows).isEqualTo(7_250);
    assertThat(query("select count(distinct id), sum(cents) from orders"))
        .containsExactly(7_250L, cents);
    assertThat(database.getActiveConnections()).isZero();
  }

  @Test
  void rowThatViolatesAConstraintEndsEverything() throws Exception {
    // without an end: only the failure stops its reader
    Iterable<String> endless =
        () -> IntStream.iterate(0, i -> i + 1).mapToObj(LoadOrdersTest::row).iterator();

    assertThatThrownBy(() -> LoadOrders.load(List.of(lines(500, 501), endless), database))
        .cause()
        .isInstanceOf(BatchUpdateException.class)
        .hasMessageContaining("primary key violation");

    assertThat(database.getActiveConnections()).isZero();
    execute("drop table orders"); // waits in vain for a transaction that was left open
  }

  private static String row(int id) {
    return id + ";Bob;1.00";
  }
}
