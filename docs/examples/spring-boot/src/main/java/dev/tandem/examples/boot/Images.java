package dev.tandem.examples.boot;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// What runs in the workers: nothing of Spring, only bytes to bytes.
final class Images {
  private static final int LONGEST_SIDE = 128;
  private static final long MOST_PIXELS = 16_000_000;

  private Images() {}

  /// Loads the decoders, so that the first request does not wait for it.
  static void warmUp() {
    ImageIO.setUseCache(false);
    ImageIO.scanForPlugins();
  }

  /// {@return a small PNG of an image}
  ///
  /// @param image a file of any format that a decoder is there for
  /// @throws BadImageException if it is none, or too large
  static byte[] thumbnail(byte[] image) {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(image))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new BadImageException("this is no image of a known format");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        return png(smaller(read(reader)));
      } finally {
        reader.dispose();
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new BadImageException("the image is damaged: " + e.getMessage());
    }
  }

  /// Looks at the size that the file says it has before any pixel is decoded.
  private static BufferedImage read(ImageReader reader) throws IOException {
    long width = reader.getWidth(0);
    long height = reader.getHeight(0);
    if (width * height > MOST_PIXELS) {
      throw new BadImageException(
          width + " x " + height + " pixels are too many: at most " + MOST_PIXELS + " are decoded");
    }
    return reader.read(0);
  }

  private static BufferedImage smaller(BufferedImage image) {
    double factor =
        Math.min(1, (double) LONGEST_SIDE / Math.max(image.getWidth(), image.getHeight()));
    int width = Math.max(1, (int) Math.round(image.getWidth() * factor));
    int height = Math.max(1, (int) Math.round(image.getHeight() * factor));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return small;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
