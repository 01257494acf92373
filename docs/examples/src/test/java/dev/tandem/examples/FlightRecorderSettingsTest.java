package dev.tandem.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Tandem;
import dev.tandem.core.Task;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Configuration;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.Recording;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The events of Flight Recorder, the settings in the artifact and the guide agree.
class FlightRecorderSettingsTest {
  private static final Pattern SETTING = Pattern.compile("(dev\\.tandem\\.\\w+)#enabled");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\w+)` \\|[^|]*\\| ((?:`\\w+`(?:, )?)+) \\|$");

  /// What the JDK adds to each event.
  private static final Set<String> OF_EACH =
      Set.of("startTime", "duration", "eventThread", "stackTrace");

  @TempDir Path folder;

  private static Configuration settings() throws Exception {
    try (Reader reader =
        new InputStreamReader(
            requireNonNull(
                Tandem.class.getResourceAsStream("/META-INF/tandem.jfc"), "META-INF/tandem.jfc"),
            UTF_8)) {
      return Configuration.create(reader);
    }
  }

  @Test
  void settingsOfTheArtifactCanBeUsedFromCode() throws Exception {
    Path file = folder.resolve("app.jfr");
    // @start region="settings"
    Configuration settings;
    try (Reader reader =
        new InputStreamReader(Tandem.class.getResourceAsStream("/META-INF/tandem.jfc"), UTF_8)) {
      settings = Configuration.create(reader);
    }
    try (Recording recording = new Recording(settings)) {
      recording.start();
      try (var pool = Tandem.newThreadPool(1, cf -> cf.withName("images"))) {
        pool.submit(Task.of("resize", () -> 1)).get();
      }
      recording.stop();
      recording.dump(file);
    }
    // @end
    assertThat(RecordingFile.readAllEvents(file))
        .filteredOn(event -> event.getEventType().getName().startsWith("dev.tandem."))
        .extracting(event -> event.getEventType().getName() + " " + event.getString("task"))
        .containsExactly("dev.tandem.Task resize");
  }

  @Test
  void eachEventHasItsSettingsAndEachSettingItsEvent() throws Exception {
    Set<String> set =
        settings().getSettings().keySet().stream()
            .map(SETTING::matcher)
            .filter(Matcher::matches)
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(set)
        .isEqualTo(
            events().stream()
                .map(EventType::getName)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void eachEventIsOnByDefaultAsInTheSettings() throws Exception {
    Map<String, String> settings = settings().getSettings();
    for (EventType event : events()) {
      event.getSettingDescriptors().stream()
          .filter(setting -> setting.getName().equals("enabled"))
          .forEach(setting ->
              assertThat(settings.get(event.getName() + "#enabled"))
                  .as(event.getName())
                  .isEqualTo(setting.getDefaultValue()));
    }
  }

  @Test
  void guideHasEachEventWithItsFields() {
    String page =
        Sources.read(
            Sources.ROOT.resolve("pools/src/main/java/dev/tandem/doc-files/looking-inside.md"));
    Map<String, Set<String>> documented = new HashMap<>();
    ROW.matcher(page)
        .results()
        .forEach(row -> documented.put("dev.tandem." + row.group(1), words(row.group(2))));
    Map<String, Set<String>> existing = new HashMap<>();
    for (EventType event : events()) {
      existing.put(
          event.getName(),
          event.getFields().stream()
              .map(ValueDescriptor::getName)
              .filter(field -> !OF_EACH.contains(field))
              .collect(Collectors.toCollection(TreeSet::new)));
    }

    assertThat(documented).containsAllEntriesOf(existing);
    assertThat(existing).isNotEmpty();
  }

  private static Set<String> words(String cell) {
    return Pattern.compile("\\w+")
        .matcher(cell)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The events of all classes of the published modules that have a name for Flight Recorder.
  private static List<EventType> events() {
    List<EventType> events = new ArrayList<>();
    Stream.of("core", "queues", "structured", "pools", "pools/cluster")
        .map(module -> Sources.ROOT.resolve(module).resolve("src/main/java"))
        .forEach(root ->
            Sources.files(root, ".java")
                .filter(file -> Sources.read(file).contains("@Name(\"dev.tandem."))
                .map(file -> root.relativize(file).toString().replace(".java", ""))
                .forEach(file -> addEvents(file.replace('/', '.'), events)));
    return events;
  }

  private static void addEvents(String name, List<EventType> to) {
    try {
      Class<?> outer = Class.forName(name);
      Stream.concat(Stream.of(outer), Stream.of(outer.getDeclaredClasses()))
          .filter(type -> type.isAnnotationPresent(jdk.jfr.Name.class))
          .map(type -> EventType.getEventType(type.asSubclass(Event.class)))
          .forEach(to::add);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
