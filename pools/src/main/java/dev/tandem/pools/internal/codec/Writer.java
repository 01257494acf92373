package dev.tandem.pools.internal.codec;

import dev.tandem.pools.internal.codec.Writing.NeedsJdk;

/// The writer of the objects of one class. Belongs to one encoder; lives as long as the class.
abstract class Writer {
  /// Writes an object, tag first.
  abstract void write(Object object, Writing to);

  /// Objects of a class that Tandem's format does not know.
  static final class Unknown extends Writer {
    @Override
    void write(Object object, Writing to) {
      throw NeedsJdk.SIGNAL;
    }
  }

  /// Values without parts.
  static final class OfValue extends Writer {
    final int tag;

    OfValue(int tag) {
      this.tag = tag;
    }

    @Override
    void write(Object object, Writing to) {
      Values.write(tag, object, to.out);
    }
  }

  /// Objects that several processes have in common, and proxies, which may be such.
  static final class OfHandle extends Writer {
    @Override
    void write(Object object, Writing to) {
      Handle handle = Handle.of(object);
      if (handle == null) {
        throw NeedsJdk.SIGNAL; // a proxy of the application's
      }
      to.out.putByte(Tag.HANDLE);
      write(handle, to.encoder, to.out);
    }

    static void write(Handle handle, Encoder encoder, Output out) {
      out.putByte(handle.kind());
      handle.write(encoder, out);
    }
  }

  /// Arrays and collections of the JDK.
  static sealed class OfContainer extends Writer permits OfView {
    final int tag;

    OfContainer(int tag) {
      this.tag = tag;
    }

    @Override
    void write(Object object, Writing to) {
      if (!to.reference(object)) {
        Containers.write(tag, object, to);
      }
    }
  }

  /// Views of collections, written as copies of their elements.
  static final class OfView extends OfContainer {
    OfView(int tag) {
      super(tag);
    }

    /// {@return a copy that can be serialized}
    Object copy(Object view) {
      return CollectionViews.copy(tag, view);
    }
  }
}
