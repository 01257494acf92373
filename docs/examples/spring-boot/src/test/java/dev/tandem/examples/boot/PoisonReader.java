package dev.tandem.examples.boot;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/// A decoder that does what its image says.
final class PoisonReader extends ImageReader {
  enum Kind {
    ENDLESS,
    HUNGRY,
    DEADLY
  }

  PoisonReader(ImageReaderSpi spi) {
    super(spi);
  }

  @Override
  public int getNumImages(boolean search) {
    return 1;
  }

  @Override
  public int getWidth(int index) {
    return 1;
  }

  @Override
  public int getHeight(int index) {
    return 1;
  }

  @Override
  public BufferedImage read(int index, ImageReadParam parameters) throws IOException {
    ImageInputStream in = (ImageInputStream) getInput();
    in.skipBytes("POISON".length());
    switch (Kind.values()[in.read() - '0']) {
      case ENDLESS -> loop();
      case HUNGRY -> eat();
      case DEADLY -> crash();
    }
    return new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
  }

  private static void loop() {
    long n = 0;
    while (n >= 0) {
      n = (n + 1) & Integer.MAX_VALUE;
    }
  }

  private static void eat() {
    List<byte[]> memory = new ArrayList<>();
    while (memory.size() < 1_000_000) {
      memory.add(new byte[1 << 20]);
    }
  }

  /// Reads where nothing is.
  @SuppressWarnings("restricted") // that is the poison
  private static void crash() {
    MemorySegment.ofAddress(8).reinterpret(8).get(ValueLayout.JAVA_BYTE, 0);
  }

  @Override
  public Iterator<ImageTypeSpecifier> getImageTypes(int index) {
    return List.of(ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_INT_RGB))
        .iterator();
  }

  @Override
  public IIOMetadata getStreamMetadata() {
    throw new UnsupportedOperationException();
  }

  @Override
  public IIOMetadata getImageMetadata(int index) {
    throw new UnsupportedOperationException();
  }
}
