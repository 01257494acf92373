package dev.tandem.pools.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProcessStartTest {
  @TempDir Path home;

  @Test
  @EnabledOnOs(OS.LINUX)
  void startThatWouldLackFilesIsNotTried() throws Exception {
    Path said = home.resolve("said");
    Process limited =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "ulimit -n 100 && exec \"$0\" \"$@\"",
                Program.JAVA.toString(),
                "-cp",
                Program.path(Program.classes(), Program.testClasses()),
                Scarce.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();

    assertThat(limited.waitFor()).as(Files.readString(said)).isZero();

    List<String> lines = Files.readAllLines(said);
    assertThat(lines).hasSizeGreaterThan(10).endsWith("started");
    for (int free = 0; free < lines.size() - 1; free++) {
      // what a start closes that has failed half-way changes from one to the next
      assertThat(lines.get(free)).startsWith("files that can be opened: " + free + " (expected: ");
    }
  }

  @Test
  void programThatIsMissingIsNamed() {
    String missing = home.resolve("missing").toString();

    assertThatThrownBy(() -> ProcessStart.start(new ProcessBuilder(missing)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(missing);
  }

  /// Starts a program again and again, with one file more left each time.
  static final class Scarce {
    public static void main(String[] args) throws Exception {
      ProcessStart.start(new ProcessBuilder("true")).waitFor(); // loads what that takes
      List<String> said = new ArrayList<>();
      Deque<FileInputStream> open = new ArrayDeque<>();
      for (int free = 0; !said.contains("started"); free++) {
        takeAll(open);
        for (int i = 0; i < free; i++) {
          open.pop().close();
        }
        try {
          ProcessStart.start(new ProcessBuilder("true")).waitFor();
          said.add("started");
        } catch (IOException e) {
          said.add(e.getMessage());
        }
      }
      open.forEach(Scarce::close);
      said.forEach(System.out::println);
    }

    private static void takeAll(Deque<FileInputStream> open) {
      try {
        while (true) {
          open.push(new FileInputStream("/dev/null"));
        }
      } catch (IOException _) {
        // there are no more
      }
    }

    private static void close(FileInputStream stream) {
      try {
        stream.close();
      } catch (IOException e) {
        throw new AssertionError("somebody else has closed it", e);
      }
    }
  }
}
