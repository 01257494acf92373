package dev.tandem.queues;

/// Says how many elements of a collection were put, when not all of them were.
final class BatchPut {
  private BatchPut() {}

  static String text(int put, int all) {
    return put + " of " + all + " elements were put";
  }

  /// Returns an exception of ours for one that is the user's, who may have shared it, so that its
  /// text and what hangs on it cannot be changed. An error stays an error.
  static RuntimeException failure(int put, int all, String channel, Throwable cause) {
    String text =
        text(put, all)
            + " into channel '"
            + channel
            + "': "
            + cause.getClass().getName()
            + hint(cause);
    if (cause instanceof Error) {
      throw new Error(text, cause);
    }
    return new IllegalStateException(text, cause);
  }

  /// Only messages of ours are asked for: another's getMessage may fail.
  private static String hint(Throwable cause) {
    return cause instanceof ThreadOwner.Violation ? ": " + cause.getMessage() : "";
  }
}
