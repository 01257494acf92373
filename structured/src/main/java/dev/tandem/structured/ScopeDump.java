package dev.tandem.structured;

import dev.tandem.core.internal.GuardedLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The live scopes as trees, in a text for humans.
final class ScopeDump {
  private static final int MAX_CHILDREN = 100;
  private static final int MAX_INDENT = 50;

  private final StringBuilder text = new StringBuilder();
  private final long now = System.nanoTime();

  private ScopeDump() {}

  static String of(Collection<ScopeNode> roots) {
    ScopeDump dump = new ScopeDump();
    List<ScopeNode> sorted =
        roots.stream().sorted(Comparator.comparingLong(s -> s.owner.threadId())).toList();
    dump.text.append("Tandem: %d live scope trees%n".formatted(sorted.size()));
    sorted.forEach(dump::append);
    return dump.text.toString();
  }

  /// A scope whose subtasks are being shown.
  private static final class Open {
    final ScopeNode scope;
    final int depth;
    @Nullable Child<?> next;
    int shown;
    boolean innerShown;

    Open(ScopeNode scope, int depth) {
      this.scope = scope;
      this.depth = depth;
      this.next = scope.children.newest();
    }
  }

  /// Shows a tree. Iterates, because the tree may be deeper than the stack.
  private void append(ScopeNode root) {
    Deque<Open> open = new ArrayDeque<>();
    open.push(begin(root, 0));
    while (!open.isEmpty()) {
      Open current = open.peek();
      Level shown = step(current);
      if (shown == null) {
        open.pop();
        continue;
      }
      ScopeNode inner = shown.inner;
      if (inner != null) {
        open.push(begin(inner, shown == current.scope ? current.depth + 1 : current.depth + 2));
      }
    }
  }

  private Open begin(ScopeNode scope, int depth) {
    ScopeState state = scope.state;
    CancelReason cancellation = state.cancellation();
    text.append(
        "%s%s, owned by %s, open for %s, %d of %d subtasks unfinished%s%n"
            .formatted(
                indent(depth),
                scope,
                GuardedLog.shortText(scope.owner),
                age(scope.openedAt),
                state.unfinished(),
                state.forked(),
                cancellation == null ? "" : ", cancelled: " + cancellation.kind().text));
    return new Open(scope, depth);
  }

  /// Shows the next subtask.
  ///
  /// @return the subtask; after the last one the scope itself, for the scope that its owner has
  ///   opened inside; after that null
  private @Nullable Level step(Open open) {
    for (Child<?> child = open.next; child != null; child = open.next) {
      open.next = child.older;
      if (!child.isFinal() && ++open.shown <= MAX_CHILDREN) {
        int stage = child.stage();
        text.append(
            "%s%s%s%n"
                .formatted(
                    indent(open.depth + 1),
                    child,
                    stage == Child.NEW ? "" : ", for " + age(child.startedAt())));
        return child;
      }
    }
    if (open.innerShown) {
      return null;
    }
    open.innerShown = true;
    if (open.shown > MAX_CHILDREN) {
      text.append(
          "%s... and %d more%n".formatted(indent(open.depth + 1), open.shown - MAX_CHILDREN));
    }
    return open.scope;
  }

  /// Two blanks for each level; beyond a limit, the number of levels instead.
  private static String indent(int depth) {
    return depth <= MAX_INDENT
        ? "  ".repeat(depth)
        : "  ".repeat(MAX_INDENT) + "(level " + depth + ") ";
  }

  private Duration age(long since) {
    return Duration.ofMillis(Math.max(0, (now - since) / 1_000_000));
  }
}
