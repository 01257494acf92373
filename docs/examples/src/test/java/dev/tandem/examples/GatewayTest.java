package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.tandem.examples.site.LoopbackSite;
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
}
