package dev.tandem.benchmarks;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/// The JSON files of a folder: for each group `GROUP.json` with what was measured, and
/// `GROUP.run.json` with when and how.
///
/// @param folder which
record Results(Path folder) {
  /// The sweeps' name as a group.
  static final String PLOTS = "plots";

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();
  private static final Type ROWS = TypeToken.getParameterized(List.class, Row.class).getType();
  private static final Type SWEEPS =
      TypeToken.getParameterized(List.class, SweepResult.class).getType();

  void write(String group, Object measured, RunInfo info) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(data(group), GSON.toJson(measured) + "\n");
    Files.writeString(info(group), GSON.toJson(info) + "\n");
  }

  /// {@return the lines of a group; empty if it has not been run}
  Optional<List<Row>> rows(String group) throws IOException {
    return read(data(group), ROWS);
  }

  /// {@return the sweeps; empty if they have not been run}
  Optional<List<SweepResult>> sweeps() throws IOException {
    return read(data(PLOTS), SWEEPS);
  }

  /// {@return when and how a group was measured; empty if it has not been run}
  Optional<RunInfo> runInfo(String group) throws IOException {
    return read(info(group), RunInfo.class);
  }

  /// Copies a group's files to where they are kept, if there are any.
  void copyTo(Results kept, String group) throws IOException {
    if (Files.exists(data(group)) && Files.exists(info(group))) {
      Files.createDirectories(kept.folder);
      Files.copy(data(group), kept.data(group), StandardCopyOption.REPLACE_EXISTING);
      Files.copy(info(group), kept.info(group), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Path data(String group) {
    return folder.resolve(group + ".json");
  }

  private Path info(String group) {
    return folder.resolve(group + ".run.json");
  }

  private static <T> Optional<T> read(Path file, Type type) throws IOException {
    return Files.exists(file)
        ? Optional.of(GSON.<T>fromJson(Files.readString(file), type))
        : Optional.empty();
  }
}
