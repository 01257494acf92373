package dev.tandem.examples;

import static dev.tandem.queues.Select.after;
import static dev.tandem.queues.Select.otherwise;
import static dev.tandem.queues.Select.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The snippets of channels.md about select, and that of Select's Javadoc. */
class SelectSnippetsTest {
  @Test
  void theFirstThatCanBeDone() throws Exception {
    Channel<String> orders = Channel.bounded(10);
    Channel<Integer> ticks = Channel.bounded(10);
    ticks.put(7);
    // @start region="select"
    String next =
        select(
            orders.onTake(order -> "order " + order),
            ticks.onTake(tick -> "tick " + tick),
            after(Duration.ofSeconds(1), () -> "nothing for a second"));
    // @end
    assertThat(next).isEqualTo("tick 7");
  }

  @Test
  void withoutWaiting() throws Exception {
    // @start region="otherwise"
    Channel<String> urgent = Channel.bounded(1);
    Channel<String> later = Channel.bounded(1);
    List<String> went = new ArrayList<>();
    for (String job : List.of("a", "b", "c")) {
      went.add(
          select(
              urgent.onPut(job, () -> "urgent"), // whichever has room
              later.onPut(job, () -> "later"),
              otherwise(() -> "refused"))); // now, or not at all
    }
    assertThat(went).containsExactlyInAnyOrder("urgent", "later", "refused");
    // @end
    assertThat(went).last().isEqualTo("refused");
  }

  @Test
  void untilAllSourcesHaveEnded() throws Exception {
    Channel<String> news = Channel.bounded(10);
    Channel<Integer> prices = Channel.bounded(10);
    news.putAll(List.of("rain", "sun"));
    prices.putAll(List.of(3, 4, 5));
    news.close();
    prices.close();
    List<String> seen = new ArrayList<>();
    follow(news, prices, seen);
    assertThat(seen)
        .containsExactlyInAnyOrder("news rain", "news sun", "price 3", "price 4", "price 5");
  }

  // @start region="until-the-end"
  static void follow(Channel<String> news, Channel<Integer> prices, List<String> seen)
      throws InterruptedException {
    try {
      while (true) {
        select(
            news.onTake(headline -> seen.add("news " + headline)),
            prices.onTake(price -> seen.add("price " + price)));
      }
    } catch (ChannelClosedException end) { // both have ended, or one was closed with a cause
      if (end.getCause() != null) {
        throw end;
      }
    }
  } // @end

  @Test
  void aSourceClosedWithACauseStopsTheLoop() throws Exception {
    Channel<String> orders = Channel.bounded(10);
    Channel<String> stop = Channel.bounded(1);
    // @start region="cause"
    stop.closeExceptionally(new InterruptedException("shutting down"));
    assertThatThrownBy(() -> select(orders.onTake(o -> o), stop.onTake(s -> s)))
        .isInstanceOf(ChannelClosedException.class)
        .hasRootCauseMessage("shutting down"); // at once, although orders is open
    // @end
  }
}
