package dev.tandem.cluster;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A member of the cluster was lost while it had a task: it crashed, was killed, left, did not
/// answer for as long as the cluster allows, or its connection broke. The outcome of the task is
/// unknown: it may have run, in part or whole, and may still run where the member was only cut off.
public final class MemberLostException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// The address of the member.
  private final String member;

  /// Creates the exception.
  ///
  /// @param member the address of the member
  /// @param message what is known
  /// @param cause what Hazelcast says; null if it only says that the member has left
  public MemberLostException(String member, String message, @Nullable Throwable cause) {
    super(requireNonNull(message, "message"), cause);
    this.member = requireNonNull(member, "member");
  }

  /// {@return the address of the member}
  public String member() {
    return member;
  }
}
