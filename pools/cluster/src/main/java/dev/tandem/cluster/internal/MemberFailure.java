package dev.tandem.cluster.internal;

import com.hazelcast.client.HazelcastClientNotActiveException;
import com.hazelcast.client.HazelcastClientOfflineException;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import dev.tandem.cluster.ClassUnavailableException;
import dev.tandem.cluster.MemberLostException;
import dev.tandem.core.internal.GuardedLog;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// What Hazelcast throws instead of a member's reply, and what that means.
final class MemberFailure {
  private MemberFailure() {}

  /// {@return what a future of Hazelcast's has failed with}
  static Throwable unwrapped(@Nullable Throwable e) {
    Throwable cause = e instanceof CompletionException ? e.getCause() : e;
    return cause == null ? new IllegalStateException("Hazelcast has replied null") : cause;
  }

  /// {@return whether the member may have begun, and will not reply}
  static boolean isLoss(Throwable e) {
    return e instanceof MemberLeftException
        || e instanceof HazelcastInstanceNotActiveException
        || e instanceof HazelcastClientNotActiveException
        || e instanceof HazelcastClientOfflineException
        || e instanceof IOException
        || (e instanceof HazelcastException && !(e instanceof HazelcastSerializationException));
  }

  /// {@return the failure of a task that is no loss}
  static Throwable of(Throwable e, String member) {
    String missing = missingClass(e);
    return missing == null ? e : new ClassUnavailableException(missing, member);
  }

  /// {@return the class of a message that the member lacks; null if it is no failure of that kind}
  static @Nullable String missingClass(Throwable e) {
    return e instanceof HazelcastSerializationException ? Reply.missingClass(e) : null;
  }

  /// {@return the failure of a task whose member is lost}
  ///
  /// @param cause null if the member has left
  static MemberLostException lost(String member, @Nullable Throwable cause) {
    String why = cause == null ? "it has left the cluster" : GuardedLog.text(cause);
    return new MemberLostException(
        member,
        "the member %s was lost while it had the task (%s): whether it has run is unknown"
            .formatted(member, why),
        cause);
  }
}
