package dev.tandem.core.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A picture of what is alive, from which both its forms are made, so that they tell the same: a
/// text for people and JSON for programs. Each module adds what it knows. Thread: the one that
/// dumps.
///
/// The entries stand in the text in the order in which they were added. No form is deeper than the
/// lists in lists that the code names, however deep the trees of scopes are, so none is made by
/// recursion into what programs have built.
public final class Dump {
  /// The most entries of a whole dump.
  public static final int MAX_ENTRIES = 100_000;

  /// The most entries of a list inside an entry, in the text and in JSON.
  public static final int MAX_IN_TEXT = 100;

  public static final int MAX_IN_JSON = 1_000;

  /// The most stacks of a list, and of a whole dump. To read one stops its thread for a moment, and
  /// takes longer than all the rest that is said of a task.
  private static final int MAX_STACKS_IN_LIST = 100;

  private static final int MAX_STACKS = 500;

  /// A line of the text.
  sealed interface Line {
    /// A headline.
    record Title(String text) implements Line {}

    /// An entry's values.
    record Of(DumpEntry entry) implements Line {}

    /// How many entries of a list are not shown.
    record More(DumpEntry.Children children, int indent) implements Line {}
  }

  private final int mostInList;
  private final List<Line> lines = new ArrayList<>();
  private final DumpEntry root = new DumpEntry(this, -1);
  private int entries;
  private int stacks;

  private Dump(int mostInList) {
    this.mostInList = mostInList;
  }

  /// {@return the text of what is added}
  ///
  /// @param fill adds to the outermost entry
  public static String text(Consumer<DumpEntry> fill) {
    Dump dump = new Dump(MAX_IN_TEXT);
    fill.accept(dump.root);
    return DumpText.of(dump.lines);
  }

  /// {@return a JSON object of what is added, as RFC 8259 has it, in ASCII characters}
  ///
  /// @param fill adds to the outermost entry
  public static String json(Consumer<DumpEntry> fill) {
    Dump dump = new Dump(MAX_IN_JSON);
    fill.accept(dump.root);
    return DumpJson.of(dump.root);
  }

  /// Adds a headline to the text.
  public void title(String text) {
    lines.add(new Line.Title(text));
  }

  /// {@return whether the stack of one more thread may be read for a list that has so many entries}
  public boolean takeStack(int before) {
    return before < MAX_STACKS_IN_LIST && stacks++ < MAX_STACKS;
  }

  int mostInList() {
    return mostInList;
  }

  boolean isFull() {
    return entries >= MAX_ENTRIES;
  }

  /// Adds an entry.
  ///
  /// @return how many lines there are with it, for [#takeBack(int)]
  int begin(DumpEntry entry) {
    entries++;
    lines.add(new Line.Of(entry));
    return lines.size();
  }

  /// Removes what was added later.
  void takeBack(int size) {
    lines.subList(size, lines.size()).clear();
  }

  void more(DumpEntry.Children children, int indent) {
    lines.add(new Line.More(children, indent));
  }
}
