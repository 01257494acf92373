package dev.tandem.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/// A recording of Flight Recorder that takes events of a few kinds, however short.
public final class Recorded implements AutoCloseable {
  private final Recording recording = new Recording();
  private final Set<String> names = new HashSet<>();

  /// Starts a recording.
  ///
  /// @param events the last parts of their names
  public Recorded(String... events) {
    for (String event : events) {
      names.add("dev.tandem." + event);
      recording.enable("dev.tandem." + event).withThreshold(Duration.ZERO);
    }
    recording.start();
  }

  /// Changes a setting of one of the events.
  ///
  /// @param setting such as `Task#throttle`
  public Recorded with(String setting, String value) {
    Map<String, String> settings = new HashMap<>(recording.getSettings());
    settings.put("dev.tandem." + setting, value);
    recording.setSettings(settings);
    return this;
  }

  /// Stops the recording.
  ///
  /// @return the events, in the order of their starts
  public List<RecordedEvent> stop() throws IOException {
    recording.stop();
    Path file = Files.createTempFile("tandem", ".jfr");
    try {
      recording.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .filter(event -> names.contains(event.getEventType().getName())) // the rest is on, too
          .sorted(Comparator.comparing(RecordedEvent::getStartTime))
          .toList();
    } finally {
      Files.delete(file);
    }
  }

  @Override
  public void close() {
    recording.close();
  }
}
