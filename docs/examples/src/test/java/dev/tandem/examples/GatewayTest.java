package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.tandem.examples.site.LoopbackSite;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayTest {
  @Test
  void servesWhatWorksAndSaysWhatIsMissing() throws Exception {
    try (var site = LoopbackSite.start()) {
      JsonObject answer = Gateway.concurrent(site);
      assertThat(answer.keySet()).containsExactly("users", "prices", "stock");
      assertThat(answer.getAsJsonArray("users")).hasSize(2);
      assertThat(answer.getAsJsonObject("prices").get("tea").getAsDouble()).isEqualTo(3.5);
      assertThat(answer.get("stock").getAsString()).isEqualTo("error: /api/stock answered 503");
      assertThat(Gateway.sequential(site)).isEqualTo(answer);
    }
  }

  @Test
  void whatHangsIsTooLateAndStopped() throws Exception {
    try (var site = LoopbackSite.start()) {
      Map<String, URI> services = new LinkedHashMap<>(Gateway.services(site));
      services.put("reviews", site.at("/stuck/1")); // answers after a minute
      JsonObject answer = Gateway.aggregate(services, Duration.ofSeconds(2));
      assertThat(answer.keySet()).containsExactly("users", "prices", "stock", "reviews");
      assertThat(answer.getAsJsonArray("users")).hasSize(2);
      assertThat(answer.get("stock").getAsString()).startsWith("error: ");
      assertThat(answer.get("reviews").getAsString()).isEqualTo("too late");
    }
  }
}
