package dev.tandem.pools.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.pools.internal.wire.Fingerprint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
  @TempDir Path directory;
  private Path jar;
  private String path;
  private String before;

  @BeforeEach
  void takeFingerprint() throws Exception {
    jar = Files.writeString(directory.resolve("a.jar"), "1");
    path = Program.path(Files.createDirectory(directory.resolve("classes")), jar);
    before = now();
  }

  @Test
  void theSameFilesHaveTheSameFingerprint() throws Exception {
    Files.writeString(directory.resolve("classes/New.class"), "a directory changes all the time");

    assertThat(now()).isEqualTo(before);
  }

  @Test
  void aChangedFileIsNamed() throws Exception {
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000_000_000L));
    assertThat(difference(now())).contains(jar + " is not what it was");

    Files.writeString(jar, "12");
    assertThat(difference(now())).contains(jar + " is not what it was");

    Files.delete(jar);
    assertThat(difference(now())).contains(jar + " is not what it was");
  }

  @Test
  void anotherJdkAndAnotherPathAreNamed() {
    assertThat(difference(Fingerprint.of("26+1", "", path)))
        .isEqualTo("the JDK is 26+1 in the worker and 25+1 here");
    assertThat(difference(Fingerprint.of("25+1", "", Program.path(path, "/more"))))
        .contains("3 entries")
        .contains("2 were expected");
  }

  @Test
  void theLauncherComparesWithWhatItGave() {
    Launcher launcher =
        Launcher.of(
            new LaunchOptions(1, 0, List.of(), null),
            directory,
            ParentJvm.current(),
            EchoWorker.class.getName());

    assertThat(launcher.difference(launcher.fingerprint)).isNull();
    assertThat(launcher.difference("26 1 2")).contains("the JDK is 26");
  }

  private String now() {
    return Fingerprint.of("25+1", "", path);
  }

  private String difference(String after) {
    return Fingerprint.difference(before, after, "", path);
  }
}
