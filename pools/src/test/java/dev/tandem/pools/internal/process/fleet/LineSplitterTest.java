package dev.tandem.pools.internal.process.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.pools.internal.wire.OutputMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Lines of a worker, and whose they are.
class LineSplitterTest {
  private static final String TOKEN = "0123456789abcdef";
  private static final OutputMark LOAD = new OutputMark("load", Map.of());

  private final List<String> lines = new ArrayList<>();
  private final LineSplitter splitter =
      new LineSplitter(TOKEN, (line, mark) -> lines.add(mark.task() + ": " + line));

  @Test
  void aLineBelongsToTheMarkBeforeIt() {
    add("a\n" + LOAD.toText(TOKEN) + "b\nc\n" + OutputMark.NONE.toText(TOKEN) + "d\n");

    assertThat(lines).containsExactly("null: a", "load: b", "load: c", "null: d");
  }

  @Test
  void aMarkEndsALine() {
    add("a" + LOAD.toText(TOKEN) + "b" + OutputMark.NONE.toText(TOKEN));

    assertThat(lines).containsExactly("null: a", "load: b");
  }

  @Test
  void aMarkInPiecesIsAMark() {
    for (char c : (LOAD.toText(TOKEN) + "a\n").toCharArray()) {
      splitter.add(new char[] {c}, 1);
    }

    assertThat(lines).containsExactly("load: a");
  }

  @Test
  void namesAndContextsArriveWhateverIsInThem() {
    OutputMark mark = new OutputMark("a;b\n\u0002\u00fc", Map.of("k;", "v\u0001=\n", "empty", ""));
    List<OutputMark> seen = new ArrayList<>();
    LineSplitter other = new LineSplitter(TOKEN, (line, its) -> seen.add(its));
    char[] text = (mark.toText(TOKEN) + "x\n").toCharArray();

    other.add(text, text.length);

    assertThat(seen).containsExactly(mark);
  }

  @Test
  void controlCharactersAreEscapedAndTabsAreNot() {
    add("a\u001b[31mb\tc\rd\u0000\r\n\u202ee\u2028f\u0085\n\u00fc\ud83d\ude00\n");

    assertThat(lines)
        .containsExactly(
            "null: a\\u001b[31mb\tc\\u000dd\\u0000",
            "null: \\u202ee\\u2028f\\u0085",
            "null: \u00fc\ud83d\ude00");
  }

  @Test
  void whatOnlyLooksLikeAMarkIsText() {
    String stranger = LOAD.toText("fedcba9876543210");
    add(stranger + "a\n");
    add("\u0001\u0001" + TOKEN.substring(0, 5) + "b\n");
    add("\u0001" + TOKEN + ";!\u0002c\n");
    add("\u0001" + TOKEN + "d\ne\n");
    add("\u0001" + LOAD.toText(TOKEN) + "f\n");
    splitter.flush();

    assertThat(lines).hasSize(7);
    assertThat(lines.subList(0, 5)).allMatch(line -> line.startsWith("null: "));
    assertThat(lines.get(0)).endsWith("a");
    assertThat(lines.get(2)).endsWith("c");
    assertThat(lines.getLast()).isEqualTo("load: f");
  }

  @Test
  void aMarkWithoutEndTakesBoundedMemoryAndIsTextInTheEnd() {
    char[] piece = ("\u0001" + TOKEN + ";" + "A".repeat(OutputMark.MAX_LENGTH)).toCharArray();
    splitter.add(piece, piece.length);
    assertThat(lines).isNotEmpty();

    add("\n\u0001" + TOKEN);
    splitter.flush();

    assertThat(lines.getLast()).endsWith(TOKEN);
  }

  @Test
  void aContextThatIsTooLargeIsLeftOut() {
    String large = "x".repeat(4096);
    Map<String, String> context = new java.util.TreeMap<>();
    for (int i = 0; i < 100; i++) {
      context.put("key-" + i, large);
    }

    String text = new OutputMark("load", context).toText(TOKEN);

    assertThat(text).hasSizeLessThan(OutputMark.MAX_LENGTH);
    add(text + "a\n");
    assertThat(lines).containsExactly("load: a");
  }

  private void add(String text) {
    splitter.add(text.toCharArray(), text.length());
  }
}
