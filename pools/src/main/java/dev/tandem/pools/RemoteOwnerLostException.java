package dev.tandem.pools;

/// Thrown by a call of an object that was [exported][ProcessPool#export(Class, Object)] from
/// another process, if that process can no longer be reached. Whether the call has had an effect
/// there is not known.
public final class RemoteOwnerLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Creates one.
  public RemoteOwnerLostException(String message) {
    super(message);
  }
}
