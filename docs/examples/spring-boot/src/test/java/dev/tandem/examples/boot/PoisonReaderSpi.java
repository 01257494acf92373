package dev.tandem.examples.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/// Finds the decoder of a format whose images are all of one byte, which says what the decoder does
/// wrong. For images that no decoder of the JDK is known to fail on.
public final class PoisonReaderSpi extends ImageReaderSpi {
  private static final byte[] MAGIC = "POISON".getBytes(StandardCharsets.US_ASCII);

  public PoisonReaderSpi() {
    super(
        "tests",
        "1",
        new String[] {"poison"},
        null,
        null,
        PoisonReader.class.getName(),
        new Class<?>[] {ImageInputStream.class},
        null,
        false,
        null,
        null,
        null,
        null,
        false,
        null,
        null,
        null,
        null);
  }

  static byte[] image(PoisonReader.Kind kind) {
    return ("POISON" + kind.ordinal()).getBytes(StandardCharsets.US_ASCII);
  }

  /// Copies the decoder alone out of the tests, which Spring would look through.
  ///
  /// @return the directory
  static Path copyTo(Path directory) throws Exception {
    Path tests =
        Path.of(PoisonReader.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(tests)) {
      for (Path file : files.filter(PoisonReaderSpi::isPart).toList()) {
        Path copy = directory.resolve(tests.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return directory;
  }

  private static boolean isPart(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith("PoisonReader") || name.equals(ImageReaderSpi.class.getName());
  }

  @Override
  public boolean canDecodeInput(Object source) throws IOException {
    if (!(source instanceof ImageInputStream in)) {
      return false;
    }
    byte[] start = new byte[MAGIC.length];
    in.mark();
    try {
      return in.read(start) == start.length && Arrays.equals(start, MAGIC);
    } finally {
      in.reset();
    }
  }

  @Override
  public ImageReader createReaderInstance(Object extension) {
    return new PoisonReader(this);
  }

  @Override
  public String getDescription(Locale locale) {
    return "poison";
  }
}
