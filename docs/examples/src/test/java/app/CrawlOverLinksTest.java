package app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Tandem;
import dev.tandem.core.Outcome.Success;
import dev.tandem.core.Settled;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The lines of P04Crawl over pages that have links, fail and hang, which those of Web do not. */
class CrawlOverLinksTest {
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @Test
  void findsWhatIsLinkedAndSkipsWhatIsBroken() {
    Set<String> seen = crawl("/0", 1_000);
    assertThat(seen).hasSize(1 + 30 + 28); // 30 children; one of them fails and one hangs
    assertThat(most.get()).isBetween(2, 10);
  }

  private List<String> links(String path) throws Exception {
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    try {
      if (path.equals("/0/7")) {
        throw new IOException("404 " + path);
      }
      if (path.equals("/0/8")) {
        new CountDownLatch(1).await();
      }
      return switch (path.split("/").length) {
        case 2 -> IntStream.range(0, 30).mapToObj(i -> path + "/" + i).toList();
        case 3 -> List.of(path + "/leaf", "/0");
        default -> List.of();
      };
    } finally {
      now.decrementAndGet();
    }
  }

  private Set<String> crawl(String seed, int limit) {
    Set<String> seen = new HashSet<>(List.of(seed));
    List<String> frontier = List.of(seed);
    try (var net = Tandem.newVirtualThreadExecutor()) {
      while (!frontier.isEmpty() && seen.size() < limit) {
        List<String> next = new ArrayList<>();
        try (var pages =
            net.mapSettled(
                frontier,
                this::links,
                cf -> cf.withConcurrency(10).withTimeout(Duration.ofSeconds(2)).unordered())) {
          pages.forEach(p -> {
            if (p instanceof Settled(_, Success(var links))) {
              links.stream().filter(seen::add).forEach(next::add);
            }
          });
        }
        frontier = next;
      }
    }
    return seen;
  }
}
