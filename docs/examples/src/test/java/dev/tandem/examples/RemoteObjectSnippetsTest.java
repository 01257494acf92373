package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.Tandem;
import dev.tandem.pools.RemoteOwnerLostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** The snippets of sharing.md about remote objects. */
class RemoteObjectSnippetsTest {
  // @start region="interface"
  public interface Prices {
    long price(String article) throws UnknownArticle;
  }

  public static class UnknownArticle extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownArticle(String article) {
      super("unknown: " + article);
    }
  } // @end

  private static long priceOf(Map<String, Long> catalogue, String article) throws UnknownArticle {
    Long price = catalogue.get(article);
    if (price == null) {
      throw new UnknownArticle(article);
    }
    return price;
  }

  @Test
  void tasksCallAnObjectOfTheApplication() throws Exception {
    // @start region="export"
    Map<String, Long> catalogue = new ConcurrentHashMap<>(Map.of("tea", 250L, "milk", 120L));
    try (var pool = Tandem.newProcessPool(2)) {
      Prices prices = pool.export(Prices.class, article -> priceOf(catalogue, article));

      long sum =
          pool.map(List.of("tea", "milk", "tea"), article -> prices.price(article)) // in a worker
              .mapToLong(price -> price)
              .sum();
      assertThat(sum).isEqualTo(620);

      catalogue.put("tea", 300L); // seen by the next call: the object is here
      assertThat(pool.submit(() -> prices.price("tea")).get()).isEqualTo(300);
    }
    // @end
  }

  @Test
  void exceptionsArriveAsTheyAre() {
    Map<String, Long> catalogue = Map.of();
    try (var pool = Tandem.newProcessPool(1)) {
      Prices prices = pool.export(Prices.class, article -> priceOf(catalogue, article));
      // @start region="failure"
      var answer =
          pool.submit(() -> {
            try {
              return "costs " + prices.price("gin");
            } catch (UnknownArticle e) { // thrown by the object, caught in the worker
              return e.getMessage();
            } catch (RemoteOwnerLostException e) { // the connection is gone
              return "no answer: " + e.getMessage();
            }
          });
      // @end
      assertThat(answer).succeedsWithin(Duration.ofSeconds(40)).isEqualTo("unknown: gin");
      assertThatThrownBy(() -> pool.submit(() -> prices.price("gin")).get())
          .hasCauseInstanceOf(UnknownArticle.class);
    }
  }

  // @start region="coarse"
  interface Log {
    void addAll(List<String> lines); // one call for many lines
  } // @end

  @Test
  void oneCallForManyLinesIsCheaperThanManyCalls() throws Exception {
    List<String> lines = new ArrayList<>();
    try (var pool = Tandem.newProcessPool(1)) {
      Log log = pool.export(Log.class, lines::addAll);
      // @start region="coarse-use"
      pool.submit(
              () -> {
                List<String> own = new ArrayList<>();
                for (int i = 0; i < 1_000; i++) {
                  own.add("line " + i);
                }
                log.addAll(own);
              })
          .get();
      // @end
    }
    assertThat(lines).hasSize(1_000);
  }
}
