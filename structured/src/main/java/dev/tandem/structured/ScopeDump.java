package dev.tandem.structured;

import dev.tandem.core.internal.DumpEntry;
import dev.tandem.core.internal.GuardedLog;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The live scopes as trees: in the text by indentation; in JSON as a list, in which each scope
/// names its parent, since parsers refuse what is as deep as a tree of scopes can be.
final class ScopeDump {
  private static final String SCOPES = "scopes";
  private static final String SUBTASKS = "subtasks";

  private final DumpEntry root;
  private final long now = System.nanoTime();
  private int numbers;

  private ScopeDump(DumpEntry root) {
    this.root = root;
  }

  static void add(DumpEntry root, Collection<ScopeNode> roots) {
    ScopeDump dump = new ScopeDump(root);
    List<ScopeNode> sorted =
        roots.stream().sorted(Comparator.comparingLong(s -> s.owner.threadId())).toList();
    root.dump().title("Tandem: " + sorted.size() + " live scope trees");
    root.list(SCOPES);
    sorted.forEach(dump::append);
  }

  /// A scope whose subtasks are being shown.
  private static final class Open {
    final ScopeNode scope;
    final int depth;
    final int number;

    /// Null if there was no room for the scope.
    final @Nullable DumpEntry entry;

    @Nullable Child<?> next;
    boolean innerShown;

    Open(ScopeNode scope, int depth, int number, @Nullable DumpEntry entry) {
      this.scope = scope;
      this.depth = depth;
      this.number = number;
      this.entry = entry;
      this.next = scope.children.newest();
    }
  }

  /// Shows a tree. Iterates, because the tree may be deeper than the stack.
  private void append(ScopeNode tree) {
    Deque<Open> open = new ArrayDeque<>();
    open.push(begin(tree, 0, null, null));
    while (!open.isEmpty()) {
      Open current = open.peek();
      Level shown = step(current);
      if (shown == null) {
        open.pop();
        continue;
      }
      ScopeNode inner = shown.inner;
      if (inner != null) {
        open.push(
            shown instanceof Child<?> child
                ? begin(inner, current.depth + 2, current, child)
                : begin(inner, current.depth + 1, current, null));
      }
    }
  }

  private Open begin(ScopeNode scope, int depth, @Nullable Open parent, @Nullable Child<?> opener) {
    int number = ++numbers;
    DumpEntry shown =
        root.add(
            SCOPES,
            depth,
            "scope",
            entry -> {
              entry
                  .note("id", number)
                  .note("parent", parent == null ? null : (Integer) parent.number)
                  .note("openedBySubtask", opener == null ? null : (Integer) opener.number());
              fill(entry, scope);
            });
    return new Open(scope, depth, number, shown);
  }

  private void fill(DumpEntry entry, ScopeNode scope) {
    ScopeState state = scope.state;
    CancelReason cancellation = state.cancellation();
    String path = scope.path();
    entry
        .note("name", path)
        .say("title", "", scope.toString(), "")
        .say("owner", ", owned by ", GuardedLog.text(scope.owner), "")
        .note("ownerThreadId", scope.owner.threadId())
        .span("ageMillis", ", open for ", now - scope.openedAt, "")
        .say("unfinished", ", ", state.unfinished(), "")
        .say("forked", " of ", state.forked(), " subtasks unfinished")
        .say(
            "cancelled",
            ", cancelled: ",
            cancellation == null ? null : cancellation.kind().text,
            "")
        .list(SUBTASKS);
  }

  /// Shows the next subtask.
  ///
  /// @return the subtask; after the last one the scope itself, for the scope that its owner has
  ///   opened inside; after that null
  private @Nullable Level step(Open open) {
    for (Child<?> child = open.next; child != null; child = open.next) {
      open.next = child.older;
      Child<?> shown = child;
      if (!child.isFinal()
          && open.entry != null
          && (open.entry.add(SUBTASKS, child.label(), entry -> fill(entry, shown)) != null
              || child.inner != null)) {
        return child;
      }
    }
    if (open.innerShown) {
      return null;
    }
    open.innerShown = true;
    return open.scope;
  }

  private void fill(DumpEntry entry, Child<?> child) {
    int stage = child.stage();
    entry
        .note("number", child.number())
        .note("name", child.label())
        .say("title", "", child.toString(), "")
        .note("state", Child.words(stage))
        .span(
            "ageMillis",
            ", for ",
            stage == Child.NEW ? null : (Long) (now - child.startedAt()),
            "");
    child.tellWhere(entry);
  }
}
