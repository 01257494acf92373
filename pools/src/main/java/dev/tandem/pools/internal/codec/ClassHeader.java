package dev.tandem.pools.internal.codec;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The header of a class file, read without loading the class. Parsed by hand: the JDK's parser
/// takes tens of milliseconds in a JVM that has just started.
///
/// @param flags as in [java.lang.reflect.AccessFlag]
/// @param superclass as [Class#getName()] has it; empty for `Object`
/// @param methods the names of the methods that it declares
record ClassHeader(int flags, String superclass, Set<String> methods) {
  private static final int MAGIC = 0xCAFEBABE;
  private static final int INTERFACE = 0x0200;
  private static final int ENUM = 0x4000;

  /// {@return the header; null if there is no such class file, or it cannot be read}
  ///
  /// @param name as [Class#getName()] has it
  /// @param loader where the file is looked for
  static @Nullable ClassHeader of(String name, ClassLoader loader) {
    URL file = loader.getResource(name.replace('.', '/').concat(".class"));
    if (file == null) {
      return null;
    }
    try {
      URLConnection connection = file.openConnection();
      connection.setUseCaches(false); // a jar that is opened here is closed here
      try (InputStream in = connection.getInputStream();
          DataInputStream data = new DataInputStream(new BufferedInputStream(in))) {
        return parse(data);
      }
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  boolean isInterface() {
    return (flags & INTERFACE) != 0;
  }

  /// {@return whether it is an enum, or the class of one of its constants}
  boolean isEnum() {
    return (flags & ENUM) != 0;
  }

  private static ClassHeader parse(DataInputStream in) throws IOException {
    if (in.readInt() != MAGIC) {
      throw new IOException("no class file");
    }
    in.readInt(); // the version
    Object[] pool = constants(in);
    int flags = in.readUnsignedShort();
    in.readUnsignedShort(); // its own name
    int superclass = in.readUnsignedShort();
    in.skipNBytes(2L * in.readUnsignedShort()); // interfaces
    members(in, pool, new HashSet<>()); // fields
    Set<String> methods = new HashSet<>();
    members(in, pool, methods);
    String name = superclass == 0 ? "" : (String) pool[(Integer) pool[superclass]];
    return new ClassHeader(flags, name.replace('/', '.'), methods);
  }

  /// {@return the texts, and of each class the index of its name}
  private static Object[] constants(DataInputStream in) throws IOException {
    Object[] pool = new Object[in.readUnsignedShort()];
    for (int i = 1; i < pool.length; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> pool[i] = in.readUTF();
        case 7 -> pool[i] = in.readUnsignedShort();
        case 8, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
        case 5, 6 -> { // long and double take two places
          in.skipNBytes(8);
          i++;
        }
        default -> throw new IOException("a constant of kind " + tag);
      }
    }
    return pool;
  }

  private static void members(DataInputStream in, Object[] pool, Set<String> names)
      throws IOException {
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      in.readUnsignedShort(); // flags
      names.add((String) pool[in.readUnsignedShort()]);
      in.readUnsignedShort(); // descriptor
      for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
        in.readUnsignedShort();
        in.skipNBytes(in.readInt() & 0xffff_ffffL);
      }
    }
  }
}
