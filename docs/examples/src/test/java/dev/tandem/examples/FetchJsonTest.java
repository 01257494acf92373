package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.examples.FetchJson.Dashboard;
import dev.tandem.examples.FetchJson.Post;
import dev.tandem.examples.FetchJson.User;
import dev.tandem.examples.site.LoopbackSite;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FetchJsonTest {
  @Test
  void threeEndpointsMakeOneObject() throws Exception {
    var expected =
        new Dashboard(
            List.of(new User(1, "Ada"), new User(2, "Alan")),
            List.of(new Post(1, "On engines"), new Post(2, "On machines"), new Post(1, "On notes")),
            Map.of("tea", 3.5, "cake", 4.25));
    try (var site = LoopbackSite.start()) {
      assertThat(FetchJson.sequential(site)).isEqualTo(expected);
      assertThat(FetchJson.concurrent(site)).isEqualTo(expected);
    }
  }
}
