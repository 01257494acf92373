package dev.tandem.pools.internal.wire;

/// The kinds and the layout of frames, which [FrameWriter] writes and [FrameInput] reads. A frame
/// is a header, its content, and behind it the blobs that the content refers to: large arrays,
/// which are not copied on either side. The header is the length of the content (an int), the kind
/// (a byte), and how many bytes the blobs have together (a long), so that a receiver knows what a
/// frame needs before it has read any of it. If there are blobs, the kind has the bit [#BLOBS], and
/// the content ends with their lengths (longs) and their number (an int).
public final class Frame {
  /// The bytes before the content.
  static final int HEADER = 13;

  /// The position of the kind.
  static final int KIND_AT = 4;

  /// The position of the number of bytes of the blobs.
  static final int BLOB_BYTES_AT = 5;

  /// The bytes with which the content of [#TASK], [#CHUNK] and [#INITIALIZE] begins: number, flags.
  public static final int TASK_HEAD = 5;

  /// How many bytes of a heap array are read or sent at a time: the JDK copies them through a
  /// direct buffer of this size, which the thread keeps.
  static final int SLICE = 1 << 18;

  /// The bits of a kind.
  static final int KIND = 0x3f;

  /// Set in the kind of a frame that has blobs.
  static final int BLOBS = 0x40;

  /// Set beside [#BLOBS] if the blobs come in pieces, each behind its length (an int). That is
  /// negative if the piece is in the [BlobRing].
  static final int PIECES = 0x80;

  // from the pool

  /// The answer to [#HELLO]: how large a message may be, the token of the second connection,
  /// patterns of allowed classes.
  public static final int CONFIGURE = 1;

  /// A definition: its id and what the codec says of it. Both directions.
  public static final int DEFINE = 2;

  /// The initializer.
  public static final int INITIALIZE = 3;

  /// A task: number, flags, name if it has one, body.
  public static final int TASK = 4;

  /// Inputs of a map: number, flags, context or null, function, how many, then each with its length
  /// before it.
  public static final int CHUNK = 5;

  /// The worker must exit.
  public static final int EXIT = 6;

  /// The name of a class of the application: a body is of this class.
  public static final int ALLOW = 7;

  /// The worker is a spare, and must load before it is ready what its first tasks would load.
  public static final int WARM_UP = 8;

  /// The memory for large arrays: a segment of [BlobRing#SIZE] bytes.
  public static final int BLOB_MEMORY = 9;

  // from the worker

  /// The first of a connection: token, worker's number, fingerprint, clock.
  public static final int HELLO = 16;

  /// The worker takes tasks.
  public static final int READY = 17;

  /// The initializer has failed: the failure.
  public static final int NOT_READY = 18;

  /// A task with [#TELL_START] has started: number.
  public static final int STARTED = 19;

  /// A task has returned: number, result.
  public static final int RESULT = 20;

  /// A task has thrown, or a chunk could not begin: number, failure.
  public static final int FAILURE = 21;

  /// A task was withdrawn before it started: number.
  public static final int SKIPPED = 22;

  /// The next item of the current chunk has returned: result.
  public static final int ITEM_RESULT = 23;

  /// The next item of the current chunk has thrown: failure.
  public static final int ITEM_FAILURE = 24;

  /// The next item of the current chunk was not sent.
  public static final int ITEM_NOT_SENT = 26;

  /// The length of an item that could not be encoded, and was not sent.
  public static final int NOT_SENT = -1;

  /// The worker should be replaced.
  public static final int WORN_OUT = 27;

  /// The chunk is over: number.
  public static final int CHUNK_END = 25;

  // over the second connection, from the worker

  /// The first of the second connection: token, worker's number.
  public static final int HELLO_AGAIN = 32;

  /// A call on a remote object: number, object, method, arguments.
  public static final int CALL = 33;

  /// The caller does not wait any more: number.
  public static final int CANCEL = 34;

  // over the second connection, from the pool

  /// The answer to [#HELLO_AGAIN].
  public static final int LINKED = 38;

  /// A call has returned: number, result.
  public static final int RETURN = 35;

  /// A call has thrown, or was refused: number, failure.
  public static final int THROW = 36;

  // over the second connection, both directions

  /// Something that the other side waits for has changed in a channel.
  public static final int RING = 37;

  // flags of tasks

  /// The worker says when it starts.
  public static final int TELL_START = 1;

  /// The worker writes down when it starts.
  public static final int TIMED = 2;

  /// The task has a name, which is before its body.
  public static final int NAMED = 4;

  private Frame() {}
}
