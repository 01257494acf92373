package dev.tandem.pools.internal.codec;

import dev.tandem.core.internal.Thrown;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The graph of an exception, its causes, its suppressed exceptions and the exceptions in its
/// fields: the nodes, numbered in the order in which they are found, and their references.
final class FailureGraph {
  /// The limit on nodes: an exception may generate new causes without end.
  private static final int MAX_NODES = 100;

  private static final int OPEN = 1;
  private static final int DONE = 2;

  private final List<Node> nodes = new ArrayList<>();
  private final IdentityHashMap<Throwable, Integer> numbers = new IdentityHashMap<>();

  /// An exception.
  static final class Node {
    final Throwable failure;
    int cause = -1;
    final List<Integer> suppressed = new ArrayList<>(0);
    private int state;

    Node(Throwable failure) {
      this.failure = failure;
    }
  }

  FailureGraph(Throwable root) {
    number(root);
  }

  /// {@return the number of nodes found so far}
  int size() {
    return nodes.size();
  }

  Node node(int number) {
    return nodes.get(number);
  }

  /// {@return the number of an exception, found before or now; -1 if there are too many}
  int number(Throwable failure) {
    Integer known = numbers.get(failure);
    if (known != null) {
      return known;
    }
    if (nodes.size() == MAX_NODES) {
      return -1;
    }
    int first = nodes.size();
    add(failure);
    for (int i = first; i < nodes.size(); i++) { // breadth first: the nearest nodes matter most
      link(nodes.get(i));
    }
    return first;
  }

  private int add(Throwable failure) {
    Integer known = numbers.get(failure);
    if (known != null || nodes.size() == MAX_NODES) {
      return known == null ? -1 : known;
    }
    numbers.put(failure, nodes.size());
    nodes.add(new Node(failure));
    return nodes.size() - 1;
  }

  private void link(Node node) {
    @Nullable Throwable cause = Thrown.cause(node.failure);
    if (cause != null) {
      node.cause = add(cause);
    }
    for (Throwable beside : node.failure.getSuppressed()) { // final in Throwable
      int number = add(beside);
      if (number >= 0) {
        node.suppressed.add(number);
      }
    }
  }

  /// {@return whether a node is among its own causes or suppressed exceptions}
  boolean isCyclic() {
    return closesCycle(0);
  }

  /// Searches depth first; the recursion is at most as deep as the number of nodes.
  private boolean closesCycle(int number) {
    if (number < 0) {
      return false;
    }
    Node node = nodes.get(number);
    if (node.state != 0) {
      return node.state == OPEN;
    }
    node.state = OPEN;
    boolean cyclic = closesCycle(node.cause);
    for (int i = 0; i < node.suppressed.size() && !cyclic; i++) {
      cyclic = closesCycle(node.suppressed.get(i));
    }
    node.state = DONE;
    return cyclic;
  }
}
