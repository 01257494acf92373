package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.examples.site.LoopbackSite;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class GatherTest {
  @Test
  void eachAnswerIsInItsPlaceAlsoAFailure() throws Exception {
    try (var site = LoopbackSite.start()) {
      List<URI> addresses = Gather.addresses(site);
      List<String> lines = Gather.concurrent(addresses);
      assertThat(lines)
          .hasSize(12)
          .endsWith("/api/stock answered 503", "/nowhere answered 404")
          .isEqualTo(Gather.sequential(addresses));
    }
  }

  @Test
  void allOrNothingGivesAllOrTheFirstFailure() throws Exception {
    try (var site = LoopbackSite.start()) {
      assertThat(Gather.allOrNothing(site.pages(3))).hasSize(3);
      List<URI> addresses = List.of(site.at("/stuck/1"), site.at("/api/stock"));
      assertThatThrownBy(() -> Gather.allOrNothing(addresses)) // and does not wait for the stuck
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IOException.class)
          .hasMessageContaining("/api/stock answered 503");
    }
  }
}
