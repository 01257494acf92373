package dev.tandem.structured;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// A text for people: the live scopes as trees.
final class ScopeDump {
  private static final int MAX_CHILDREN = 100;

  private final StringBuilder text = new StringBuilder();
  private final long now = System.nanoTime();

  private ScopeDump() {}

  static String of(Collection<ScopeNode> roots) {
    ScopeDump dump = new ScopeDump();
    List<ScopeNode> sorted =
        roots.stream().sorted(Comparator.comparingLong(s -> s.owner.threadId())).toList();
    dump.text.append("Tandem: %d live scope trees%n".formatted(sorted.size()));
    sorted.forEach(scope -> dump.append(scope, ""));
    return dump.text.toString();
  }

  private void append(ScopeNode scope, String indent) {
    ScopeState state = scope.state;
    Cancellation cancellation = state.cancellation();
    text.append(
        "%s%s, owned by %s, open for %s, %d of %d subtasks unfinished%s%n"
            .formatted(
                indent,
                scope,
                scope.owner,
                age(scope.openedAt),
                state.unfinished(),
                state.forked(),
                cancellation == null ? "" : ", cancelled: " + cancellation.kind().text));
    int[] shown = {0};
    scope.children.forEach(child -> append(child, indent + "  ", shown));
    if (shown[0] > MAX_CHILDREN) {
      text.append("%s  ... and %d more%n".formatted(indent, shown[0] - MAX_CHILDREN));
    }
    appendInner(scope, indent);
  }

  private void append(Child<?> child, String indent, int[] shown) {
    int stage = child.stage();
    if (child.isFinal() || ++shown[0] > MAX_CHILDREN) {
      return;
    }
    text.append(
        "%s%s%s%n"
            .formatted(indent, child, stage == Child.NEW ? "" : ", for " + age(child.startedAt())));
    appendInner(child, indent);
  }

  private void appendInner(Level level, String indent) {
    ScopeNode inner = level.inner;
    if (inner != null) {
      append(inner, indent + "  ");
    }
  }

  private Duration age(long since) {
    return Duration.ofMillis(Math.max(0, (now - since) / 1_000_000));
  }
}
