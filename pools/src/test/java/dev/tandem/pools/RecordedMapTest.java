package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Flight Recorder hears of a map in processes as a whole: a recording must not make the maps of
/// processes slow.
class RecordedMapTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  @Test
  void mapSendsWholeChunksWhileARecordingIsOn() {
    List<Integer> inputs = IntStream.range(0, 1_000).boxed().toList();
    try (Recording recording = new Recording()) {
      recording.enable("dev.tandem.Task");
      recording.start();
      ProcessPool pool = probe.open(2);
      Workers.awaitReady(pool, 2);

      List<Long> ranOn;
      try (var pids = pool.map(inputs, _ -> Work.pid(), cf -> cf.withChunkSize(100))) {
        ranOn = pids.toList();
      }

      for (int chunk = 0; chunk < 10; chunk++) {
        assertThat(Set.copyOf(ranOn.subList(chunk * 100, chunk * 100 + 100)))
            .as("chunk %d", chunk)
            .hasSize(1);
      }
    }
  }
}
