package dev.tandem.cluster;

import static java.util.Objects.requireNonNull;

import java.io.Serial;

/// A class that a task needs is not on a member. No code is shipped: each member needs the
/// application's jars, in the same version, and `tandem-cluster` itself.
public final class ClassUnavailableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// The name of the class.
  private final String className;

  /// The address of the member.
  private final String member;

  /// Creates the exception.
  ///
  /// @param className the name of the class
  /// @param member the address of the member
  public ClassUnavailableException(String className, String member) {
    super(
        "class %s is not on the member %s (expected: the same application jars on every member)"
            .formatted(requireNonNull(className, "className"), requireNonNull(member, "member")));
    this.className = className;
    this.member = member;
  }

  /// {@return the name of the class}
  public String className() {
    return className;
  }

  /// {@return the address of the member}
  public String member() {
    return member;
  }
}
