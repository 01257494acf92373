package dev.tandem.queues;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Last in, first out.
final class StackStore<E> implements Store<E> {
  private final List<E> stack = new ArrayList<>();

  /// How many removals from the middle moved elements.
  private int moves;

  @Override
  public void add(E e) {
    stack.addLast(e);
  }

  @Override
  public @Nullable E remove() {
    return stack.isEmpty() ? null : stack.removeLast();
  }

  @Override
  public @Nullable E peek() {
    return stack.isEmpty() ? null : stack.getLast();
  }

  @Override
  public int size() {
    return stack.size();
  }

  @Override
  public List<Held> snapshot() {
    List<Held> all = new ArrayList<>();
    for (int i = stack.size() - 1; i >= 0; i--) {
      all.add(new Held(stack.get(i), i, moves));
    }
    return all;
  }

  @Override
  public boolean remove(Held held) {
    // Each removal since then moved the element down by one place, or not at all.
    int lowest = (int) Math.max(0, held.place() - (moves - held.moves()));
    for (int i = (int) Math.min(held.place(), stack.size() - 1L); i >= lowest; i--) {
      if (stack.get(i) == held.element()) {
        stack.remove(i);
        moves++;
        return true;
      }
    }
    return false;
  }

  @Override
  public List<Held> clear() {
    List<Held> all = snapshot();
    stack.clear();
    return all;
  }
}
