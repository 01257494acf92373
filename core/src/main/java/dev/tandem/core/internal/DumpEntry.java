package dev.tandem.core.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One thing in a [Dump]: its values in order, each with its name in JSON and with the words around
/// it in the text, and the lists of what is inside it. Thread: the one that dumps.
public final class DumpEntry {
  /// A value.
  ///
  /// @param before the words before the value in the text; null if the text does not have it
  record Field(String name, @Nullable Object value, @Nullable String before, String after) {}

  /// Some of the entries inside, and how many more there are.
  static final class Children {
    final List<DumpEntry> shown = new ArrayList<>();
    int leftOut;
  }

  final int indent;
  final List<Field> fields = new ArrayList<>();
  final Map<String, Children> lists = new LinkedHashMap<>();
  private final Dump dump;

  DumpEntry(Dump dump, int indent) {
    this.dump = dump;
    this.indent = indent;
  }

  /// Adds a value for both forms.
  ///
  /// @param value a string, a number or null, with which the text says nothing
  public DumpEntry say(String name, String before, @Nullable Object value, String after) {
    fields.add(
        new Field(
            name, value instanceof String s ? GuardedLog.shortText(s) : value, before, after));
    return this;
  }

  /// Adds a value that stands in JSON only.
  public DumpEntry note(String name, @Nullable Object value) {
    fields.add(
        new Field(name, value instanceof String s ? GuardedLog.shortText(s) : value, null, ""));
    return this;
  }

  /// Adds a value that the text says only if it is true, with these words.
  public DumpEntry flag(String name, boolean value, String words) {
    fields.add(new Field(name, value, value ? words : null, ""));
    return this;
  }

  /// Adds a number of which the text says nothing if it is 0.
  public DumpEntry count(String name, String before, long value, String after) {
    fields.add(new Field(name, value, value == 0 ? null : before, after));
    return this;
  }

  /// Adds a time span: milliseconds in JSON.
  ///
  /// @param nanos the span; null if it is not known
  public DumpEntry span(String name, String before, @Nullable Long nanos, String after) {
    Duration span =
        nanos == null ? null : Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos)));
    return say(name, before, span, after);
  }

  /// Adds lines.
  public DumpEntry lines(String name, String before, List<String> lines) {
    fields.add(new Field(name, lines, before, ""));
    return this;
  }

  /// Makes sure that a list is there, also if nothing is added to it.
  public DumpEntry list(String name) {
    var _ = children(name);
    return this;
  }

  private Children children(String name) {
    return lists.computeIfAbsent(name, _ -> new Children());
  }

  /// Adds an entry to a list, or counts it if the list has enough.
  ///
  /// @param what names the entry if it cannot be shown
  /// @param fill fills the entry; may throw: threads and adapted executors are code of users
  /// @return the entry; null if it is only counted
  public @Nullable DumpEntry add(String list, String what, Consumer<DumpEntry> fill) {
    return add(list, indent + 1, what, fill);
  }

  /// Adds an entry with an indentation of its own, the number of levels, to a list.
  ///
  /// @return the entry; null if it is only counted
  public @Nullable DumpEntry add(String list, int level, String what, Consumer<DumpEntry> fill) {
    Children children = children(list);
    if (isOutermost()
        ? dump.isFull()
        : children.shown.size() >= dump.mostInList() || dump.isFull()) {
      leftOut(list, level, 1);
      return null;
    }
    DumpEntry entry = new DumpEntry(dump, level);
    int before = dump.begin(entry);
    children.shown.add(entry);
    try {
      fill.accept(entry);
    } catch (Throwable e) {
      dump.takeBack(before);
      entry.fields.clear();
      entry.lists.clear();
      entry.say("name", "", what, "").say("error", " cannot be shown: ", GuardedLog.text(e), "");
    }
    return entry;
  }

  private boolean isOutermost() {
    return indent < 0;
  }

  /// Counts entries that are not shown.
  public void leftOut(String list, int count) {
    leftOut(list, indent + 1, count);
  }

  private void leftOut(String list, int level, int count) {
    Children children = children(list);
    if (children.leftOut == 0 && count > 0) {
      dump.more(children, level);
    }
    children.leftOut += count;
  }

  /// {@return the dump that this is a part of}
  public Dump dump() {
    return dump;
  }
}
