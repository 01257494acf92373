package dev.tandem.pools.internal.codec;

/// The first byte of an encoded value. The numbers have a meaning only between two processes that
/// run the same code. [Reading] distinguishes values from containers by them: those from
/// [#BOOLEANS] to [#OPTIONAL] are containers.
final class Tag {
  static final int NULL = 0;
  static final int TRUE = 1;
  static final int FALSE = 2;
  static final int BYTE = 3;
  static final int SHORT = 4;
  static final int CHAR = 5;
  static final int INT = 6;
  static final int LONG = 7;
  static final int FLOAT = 8;
  static final int DOUBLE = 9;
  static final int LATIN1 = 10;
  static final int UTF16 = 11;

  /// A reference to an earlier object, by its number.
  static final int REFERENCE = 12;

  /// A stream of the JDK's serialization.
  static final int JDK = 13;

  static final int RECORD = 14;

  /// A record that later references can name: see [ObjectNumbers].
  static final int SHARED_RECORD = 15;

  static final int ENUM = 16;
  static final int LAMBDA = 17;

  /// A lambda whose captured values the JDK's serialization has written.
  static final int LAMBDA_JDK = 18;

  /// An object that several processes have in common: see [Handle].
  static final int HANDLE = 19;

  static final int BOOLEANS = 20;
  static final int BYTES = 21;
  static final int SHORTS = 22;
  static final int CHARS = 23;
  static final int INTS = 24;
  static final int LONGS = 25;
  static final int FLOATS = 26;
  static final int DOUBLES = 27;
  static final int OBJECTS = 28;
  static final int STRINGS = 29;

  /// An array of another type: its definition comes first.
  static final int ARRAY = 30;

  static final int BYTES_BLOB = 31;
  static final int BUFFER = 32;
  static final int BUFFER_BLOB = 33;

  static final int ARRAY_LIST = 40;
  static final int LINKED_LIST = 41;
  static final int ARRAY_DEQUE = 42;
  static final int AS_LIST = 43;
  static final int IMMUTABLE_LIST = 44;

  /// A list of `Stream.toList`: unlike those of `List.of`, its `contains` accepts null.
  static final int IMMUTABLE_LIST_OF_NULLABLE = 45;

  static final int EMPTY_LIST = 46;
  static final int SINGLETON_LIST = 47;
  static final int HASH_SET = 48;
  static final int LINKED_HASH_SET = 49;
  static final int TREE_SET = 50;
  static final int IMMUTABLE_SET = 51;
  static final int HASH_MAP = 52;
  static final int LINKED_HASH_MAP = 53;
  static final int TREE_MAP = 54;
  static final int CONCURRENT_HASH_MAP = 55;
  static final int IMMUTABLE_MAP = 56;
  static final int ENTRY = 57;

  /// A copy of an entry of any map; key and value may be null.
  static final int ENTRY_COPY = 58;

  static final int OPTIONAL = 60;
  static final int OPTIONAL_INT = 61;
  static final int OPTIONAL_LONG = 62;
  static final int OPTIONAL_DOUBLE = 63;
  static final int BIG_INTEGER = 64;
  static final int BIG_DECIMAL = 65;
  static final int UUID = 66;
  static final int DURATION = 67;
  static final int INSTANT = 68;
  static final int LOCAL_DATE = 69;
  static final int LOCAL_TIME = 70;
  static final int LOCAL_DATE_TIME = 71;
  static final int ZONE_ID = 72;
  static final int OFFSET_DATE_TIME = 73;
  static final int ZONED_DATE_TIME = 74;
  static final int PERIOD = 75;
  static final int DATE = 76;
  static final int URI = 77;
  static final int PATH = 78;

  /// Only in a [Carrier]: another exception of the same failure, by its number.
  static final int FAILURE = 79;

  private Tag() {}
}
