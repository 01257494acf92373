package dev.tandem.pools.internal.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a worker is started through on Linux: `setsid setpriv --pdeathsig KILL java ...`, two
/// programs that change one thing each and become the next.
///
/// `setsid` takes the worker out of the terminal's foreground group before its JVM runs: Ctrl-C and
/// Ctrl-Z never reach it. `setpriv` has the kernel kill it when the thread that started it ends,
/// even if it is stopped. They cost 0.7 ms each; the same by foreign functions costs a worker 60 to
/// 100 ms of CPU, and 3 ms of its start for the flag that allows them (native access makes the JVM
/// put aside its prepared module graph). They belong to util-linux, which nearly every system has;
/// where they are missing (BusyBox, distroless images, other systems) a worker does what it can by
/// itself.
final class Detachment {
  private static final List<Path> FOLDERS = List.of(Path.of("/usr/bin"), Path.of("/bin"));

  private Detachment() {}

  /// {@return the words that stand before the command, none where this is not possible}
  static List<String> prefix() {
    return System.getProperty("os.name", "").startsWith("Linux") ? prefix(FOLDERS) : List.of();
  }

  static List<String> prefix(List<Path> folders) {
    Path setsid = find("setsid", folders);
    Path setpriv = find("setpriv", folders);
    // BusyBox has both, but its setpriv knows no death signal; neither do those before 2018.
    return setsid != null && setpriv != null && mentions(setpriv, "pdeathsig")
        ? List.of(setsid.toString(), setpriv.toString(), "--pdeathsig", "KILL")
        : List.of();
  }

  private static @Nullable Path find(String name, List<Path> folders) {
    for (Path folder : folders) {
      Path program = folder.resolve(name);
      if (Files.isExecutable(program)) {
        return program;
      }
    }
    return null;
  }

  private static boolean mentions(Path program, String word) {
    try {
      // The real one has 80 kB; what is larger is something else.
      return Files.size(program) < 1 << 20
          && new String(Files.readAllBytes(program), StandardCharsets.ISO_8859_1).contains(word);
    } catch (IOException _) {
      return false;
    }
  }
}
