package dev.tandem.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.examples.boot.PoisonReader.Kind;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The executable jar gets images that are to take it down, in between good ones.
class BadImagesTest {
  private static final int GOOD = 24;

  @TempDir Path home;

  @Test
  @Timeout(300)
  void costTheirOwnRequestsAndNothingElse() throws Exception {
    // as with `java -jar`, and one more decoder beside the JDK's
    Path poison = PoisonReaderSpi.copyTo(home.resolve("poison"));
    try (Service service =
        Service.start(
            home,
            List.of(
                "-Dloader.path=" + poison,
                "-cp",
                Service.JAR.toString(),
                "org.springframework.boot.loader.launch.PropertiesLauncher"))) {
      service.awaitReady();
      Map<String, byte[]> bad = new LinkedHashMap<>();
      bad.put("40000 x 40000 pixels are too many: at most 16000000 are decoded", Pictures.bomb());
      bad.put("this is no image of a known format", "GIF".getBytes());
      bad.put("it was not done after 3000 ms", PoisonReaderSpi.image(Kind.ENDLESS));
      bad.put("it needs more memory than there is", PoisonReaderSpi.image(Kind.HUNGRY));
      bad.put("it crashed its decoder", PoisonReaderSpi.image(Kind.DEADLY));

      List<CompletableFuture<HttpResponse<byte[]>>> good = new ArrayList<>();
      Map<String, CompletableFuture<HttpResponse<byte[]>>> refused = new LinkedHashMap<>();
      for (Map.Entry<String, byte[]> each : bad.entrySet()) {
        refused.put(each.getKey(), service.thumbnail(each.getValue()));
        for (int n = 0; n < GOOD / bad.size(); n++) {
          good.add(service.thumbnail(Pictures.jpeg(400, 200, Color.BLUE)));
        }
      }

      for (CompletableFuture<HttpResponse<byte[]>> each : good) {
        HttpResponse<byte[]> answer = each.get();
        assertThat(answer.statusCode()).as(service::printed).isEqualTo(200);
        BufferedImage image = Pictures.decode(answer.body());
        assertThat(image.getWidth()).isEqualTo(128);
        assertThat(image.getHeight()).isEqualTo(64);
        assertThat(new Color(image.getRGB(60, 30)).getBlue()).isGreaterThan(240);
      }
      for (Map.Entry<String, CompletableFuture<HttpResponse<byte[]>>> each : refused.entrySet()) {
        HttpResponse<byte[]> answer = each.getValue().get();
        assertThat(answer.statusCode()).as(service::printed).isEqualTo(422);
        assertThat(answer.headers().firstValue("content-type"))
            .hasValue("application/problem+json");
        assertThat(Service.json(answer).get("detail").stringValue()).isEqualTo(each.getKey());
      }
      theMetersKnow(service, good.size());
      JsonNode health = Service.json(service.get("/actuator/health/liveness"));
      assertThat(health.get("status").stringValue()).isEqualTo("UP");
      service.awaitReady(); // again, when the workers are replaced; it was never without one
      assertThat(service.printed()).doesNotContainPattern("(?m)^WARNING:"); // of the service itself
    }
  }

  private static void theMetersKnow(Service service, int good) {
    String images = "executor:images";
    await()
        .atMost(Duration.ofSeconds(20)) // a task that was killed ends with its worker
        .untilAsserted(() -> {
          assertThat(service.meter("tandem.task.run", images, "outcome:failed")).isEqualTo(5);
          assertThat(service.meter("tandem.pool.workers.exited", images)).isEqualTo(3);
        });
    assertThat(service.meter("tandem.task.run", images, "outcome:succeeded")).isEqualTo(good);
    assertThat(service.meter("tandem.executor.completed", images, "outcome:succeeded"))
        .isEqualTo(good);
    for (String crash : List.of("native_crash", "out_of_memory")) {
      assertThat(service.meter("tandem.pool.workers.exited", "reason:crashed", "crash:" + crash))
          .isEqualTo(1);
    }
    assertThat(service.meter("tandem.pool.workers.exited", "reason:timed_out")).isEqualTo(1);
  }
}
