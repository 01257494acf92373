package dev.tandem.queues;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Last in, first out.
final class StackStore<E> implements Store<E> {
  private final List<E> stack = new ArrayList<>();

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
      all.add(new Held(stack.get(i), i));
    }
    return all;
  }

  @Override
  public boolean remove(Object element, long place) {
    // Removals below an element move it down, nothing moves it up: so look from there downwards.
    for (int i = (int) Math.min(place, stack.size() - 1L); i >= 0; i--) {
      if (stack.get(i) == element) {
        stack.remove(i);
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
