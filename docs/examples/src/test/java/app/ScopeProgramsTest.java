package app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.P16DataPipeline.Square;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ScopeProgramsTest {
  private static final List<String> URLS = Collections.nCopies(30, "/a");

  @Test
  void theGatewayAnswersInTheOrderOfTheServices() throws Exception {
    Map<String, String> services = new LinkedHashMap<>();
    services.put("users", "/users");
    services.put("prices", "/prices");
    services.put("ads", "/ads");
    assertThat(P03Gateway.aggregate(services))
        .containsExactly(
            Map.entry("users", "{}"), Map.entry("prices", "{}"), Map.entry("ads", "{}"));
  }

  @Test
  void threeWorkersFetchAtOnceAndThePipelineEnds() throws Exception {
    long start = System.nanoTime();
    List<String> urls = Collections.nCopies(180, "/a"); // 50 ms each: 9 s one after the other
    assertThat(P05Pipeline.run(urls)).isZero(); // Web's pages are empty
    assertThat(since(start)).isBetween(Duration.ofSeconds(3), Duration.ofMillis(8_900));
  }

  @Test
  void oneMirrorAnswersWithAndWithoutAScope() {
    // again if its 200 ms were too short, as they can be on a busy machine
    await().ignoreExceptions().until(P09Race::mirrors, "{}"::equals);
    await().ignoreExceptions().until(P09Race::sameWithAScope, "{}"::equals);
  }

  @Test
  void thePipelineSquaresForTwoSecondsAndStops() throws Exception {
    long start = System.nanoTime();
    List<Square> squares = P16DataPipeline.run();
    assertThat(since(start)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(30));
    assertThat(squares)
        .hasSizeGreaterThan(1_000)
        .allMatch(s -> s.n() >= 1 && s.n() <= 100 && s.square() == s.n() * s.n());
  }

  @Test
  void theFirstTwoAnswersWin() throws Exception {
    List<String> answers =
        P22Quorum.ask(
            List.of(
                () -> Web.json("/a"),
                ScopeProgramsTest::down,
                ScopeProgramsTest::hanging,
                () -> Web.json("/b")));
    assertThat(answers).containsExactly("{}", "{}");
  }

  @Test
  void afterASecondOneAnswerHasToDo() throws Exception {
    long start = System.nanoTime();
    List<String> answers = P22Quorum.ask(List.of(() -> Web.json("/a"), ScopeProgramsTest::hanging));
    assertThat(answers).containsExactly("{}");
    assertThat(since(start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void resultsOutcomesAndPagesArePrinted() throws Exception {
    try (var out = new Printed()) {
      P24Settle.run(List.of("/a", "/b"));
      assertThat(out.lines())
          .containsExactly(
              "[{}, {}] [Success[value={}], Success[value={}]]"
                  + " [Page[url=/a, body=], Page[url=/b, body=]]");
    }
  }

  @Test
  void anOwnerFeedsItsWorkers() throws Exception {
    long start = System.nanoTime();
    P25Owner.run(URLS);
    assertThat(since(start)).isGreaterThanOrEqualTo(Duration.ofMillis(500));
  }

  private static String down() {
    throw new IllegalStateException("down");
  }

  private static String hanging() throws InterruptedException {
    new CountDownLatch(1).await();
    return "never";
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
