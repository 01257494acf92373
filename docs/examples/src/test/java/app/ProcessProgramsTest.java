package app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.testing.CapturedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

class ProcessProgramsTest {
  /** The JDK remembers where such a pattern has failed, so it takes a long line: half a minute. */
  private static final String RUNAWAY = "a".repeat(40_000) + "c";

  @AfterEach
  void clearContext() {
    MDC.clear();
  }

  @Test
  void aRunawayRegexIsKilledAndTheOtherLinesAreMatched() {
    try (var out = new Printed()) {
      P06KillTimeout.run(List.of("aab", RUNAWAY, "aac", "ab", "ac"));
      List<String> lines = out.lines();
      assertThat(lines).hasSize(5);
      assertThat(lines.get(1))
          .startsWith(RUNAWAY + " failed: ")
          .contains("ran longer than its timeout of PT0.3S")
          .contains("was killed");
      // on a machine that is busy enough, any line may take longer than 300 ms
      assertThat(lines).containsAnyOf("aab true", "ab true");
      assertThat(lines).containsAnyOf("aac false", "ac false");
    }
  }

  @Test
  void oneScopeHoldsWorkOnVirtualThreadsAndWorkInAProcess() throws Exception {
    assertThat(P07Hybrid.run()).isEqualTo(new P07Hybrid.Report("{}", Web.sumOfSquares(10_000_000)));
  }

  @Test
  void theSameLineSumsOnThreadsAndInProcesses() {
    String sums = Collections.nCopies(4, Web.sumOfSquares(10_000_000)).toString();
    try (var out = new Printed()) {
      P15SameLine.run();
      assertThat(out.lines()).containsExactly(sums, sums);
    }
  }

  @Test
  void contextReachesTheLogOfAWorker() throws Exception {
    try (var log = CapturedLog.of("dev.tandem.worker")) {
      P18Context.run();
      // what a worker logs is printed there, and logged once more here
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() ->
              assertThat(log.messages())
                  .anySatisfy(line -> assertThat(line).contains("trace=4711", "for acme")));
    }
  }

  @Test
  void everyImageIsResized(@TempDir Path folder) throws Exception {
    for (int i = 0; i < 10; i++) {
      Files.createFile(folder.resolve("image-" + i + ".png"));
    }
    try (var out = new Printed()) {
      P19Images.run(folder);
      assertThat(out.lines()).hasSize(11).last().isEqualTo("broken: []");
    }
  }
}
