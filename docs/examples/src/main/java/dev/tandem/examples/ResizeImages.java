package dev.tandem.examples;

import dev.tandem.Tandem;
import dev.tandem.core.MapProgress;
import dev.tandem.core.Outcome;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/// A batch of images, made smaller in processes: what an image codec leaks or breaks stays there.
/// Each worker has its own limit of memory and is replaced after some hundred images. One image is
/// damaged; the batch says which, and goes on.
final class ResizeImages {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  private static final int THUMBNAIL = 4; // times smaller
  private static final int DAMAGED = 666;

  private ResizeImages() {}

  /// What became of an image.
  ///
  /// @param image its number
  /// @param checksum of the pixels; 0 if it failed
  /// @param problem why it failed, or nothing
  record Resized(int image, long checksum, String problem) {}

  /// Stands for reading a file.
  private static BufferedImage read(int number) throws IOException {
    if (number == DAMAGED) {
      throw new IOException("image " + number + " is damaged");
    }
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    for (int y = 0; y < HEIGHT; y += 8) {
      g.setColor(new Color((number * 7 + y) & 0xFF, (number * 13) & 0xFF, (y * 3) & 0xFF));
      g.fillRect(0, y, WIDTH, 8);
    }
    g.setColor(Color.WHITE);
    g.fillOval(number % WIDTH, number % HEIGHT, 50, 50);
    g.dispose();
    return image;
  }

  private static BufferedImage smaller(BufferedImage image) {
    int width = image.getWidth() / THUMBNAIL;
    int height = image.getHeight() / THUMBNAIL;
    var small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = small.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    g.drawImage(image, 0, 0, width, height, null);
    g.dispose();
    return small;
  }

  /// Runs in a worker. Only the number goes there, and only the checksum comes back: a real program
  /// would send the path of the file and have the worker write the thumbnail.
  private static long resize(int number) throws IOException {
    BufferedImage small = smaller(read(number));
    int[] pixels =
        small.getRGB(0, 0, small.getWidth(), small.getHeight(), null, 0, small.getWidth());
    CRC32 checksum = new CRC32();
    for (int pixel : pixels) {
      checksum.update(pixel);
      checksum.update(pixel >> 8);
      checksum.update(pixel >> 16);
    }
    return checksum.getValue();
  }

  static List<Resized> sequential(int images) {
    List<Resized> results = new ArrayList<>();
    for (int number = 1; number <= images; number++) {
      try {
        results.add(new Resized(number, resize(number), ""));
      } catch (IOException e) {
        results.add(new Resized(number, 0, String.valueOf(e.getMessage())));
      }
    }
    return results;
  }

  static List<Resized> processes(int images, Consumer<MapProgress> progress) {
    List<Integer> numbers = IntStream.rangeClosed(1, images).boxed().toList();
    try (var pool =
            Tandem.newProcessPool(
                Runtime.getRuntime().availableProcessors(),
                cf ->
                    cf.withName("images")
                        .withJvmArguments("-Djava.awt.headless=true")
                        .withMaxHeap(128L << 20)
                        .withRecycleAfter(400));
        var outcomes =
            pool.mapSettled(numbers, ResizeImages::resize, cf -> cf.withProgress(progress))) {
      return outcomes.map(each -> resized(each.input(), each.outcome())).toList();
    }
  }

  private static Resized resized(int number, Outcome<Long> outcome) {
    return switch (outcome) {
      case Outcome.Success(var checksum) -> new Resized(number, checksum, "");
      case Outcome.Failure(var e) -> new Resized(number, 0, String.valueOf(e.getMessage()));
      case Outcome.Cancelled() -> new Resized(number, 0, "cancelled");
    };
  }

  static void main() throws Exception {
    Timed.print("sequential", () -> sequential(1_000).size() + " images");
    Timed.print("processes", () -> processes(1_000, ResizeImages::nowAndThen).size() + " images");
  }

  private static void nowAndThen(MapProgress progress) {
    if (progress.done() % 200 == 0) {
      System.out.println(progress);
    }
  }
}
