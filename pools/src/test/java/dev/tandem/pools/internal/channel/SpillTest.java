package dev.tandem.pools.internal.channel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of elements that no worker of ours writes.
class SpillTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 20})
  void numberThatNoDefinitionHasIsRefused(int id) throws IOException {
    Path file = directory.resolve("element");
    ByteBuffer bytes = ByteBuffer.allocate(28); // no element, no blobs, one definition of 8 bytes
    bytes.putInt(0).putInt(0).putInt(1).putInt(id).putInt(8);
    Files.write(file, bytes.array());

    assertThatThrownBy(() -> Spill.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a definition " + id);
  }
}
