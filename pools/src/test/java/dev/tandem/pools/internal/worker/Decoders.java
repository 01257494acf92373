package dev.tandem.pools.internal.worker;

import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.HandleOpener;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.TypeFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decodes what needs no definitions.
public final class Decoders {
  private Decoders() {}

  public static @Nullable Object decode(Input input) throws DecodingException {
    ClassLoader loader = Decoders.class.getClassLoader();
    return new Decoder(new TypeFilter(List.of(), loader), loader, HandleOpener.NONE).decode(input);
  }
}
