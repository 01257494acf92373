package dev.tandem.pools.internal.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The prefix of a worker's command on Linux, `setsid setpriv --pdeathsig KILL java ...`: two
/// programs that each change one property of the process and then execute the next program.
///
/// `setsid` takes the worker out of the terminal's foreground group before its JVM runs: Ctrl-C and
/// Ctrl-Z never reach it. With `setpriv`, the kernel kills the worker, even a stopped one, when the
/// thread that started it ends. They cost 0.7 ms each; foreign functions would cost a worker 60 to
/// 100 ms of CPU, and 3 ms of its start for the flag that allows them (native access makes the JVM
/// discard its archived module graph). Both belong to util-linux, which nearly every system has;
/// where they are missing (BusyBox, distroless images, other systems) the worker detaches itself as
/// far as it can.
final class Detachment {
  private static final List<Path> FOLDERS = List.of(Path.of("/usr/bin"), Path.of("/bin"));

  private Detachment() {}

  /// {@return the words of the prefix; none where the programs are missing}
  static List<String> prefix() {
    return System.getProperty("os.name", "").startsWith("Linux") ? prefix(FOLDERS) : List.of();
  }

  static List<String> prefix(List<Path> folders) {
    Path setsid = find("setsid", folders);
    Path setpriv = find("setpriv", folders);
    // BusyBox has both, but its setpriv has no death signal; nor has util-linux before 2018.
    return setsid != null && setpriv != null && mentions(setpriv, "pdeathsig")
        ? List.of(setsid.toString(), setpriv.toString(), "--pdeathsig", "KILL")
        : List.of();
  }

  private static @Nullable Path find(String name, List<Path> folders) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  private static boolean mentions(Path program, String word) {
    try {
      // util-linux's setpriv has 80 kB; a much larger file is another program.
      return Files.size(program) < 1 << 20
          && new String(Files.readAllBytes(program), StandardCharsets.ISO_8859_1).contains(word);
    } catch (IOException _) {
      return false;
    }
  }
}
