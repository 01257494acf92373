package dev.tandem.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Both forms of a dump.
class DumpTest {
  private static String json(String value) {
    return Dump.json(root -> root.say("v", "", value, ""));
  }

  @Test
  void textAndJsonSayTheSameValues() {
    assertThat(Dump.text(DumpTest::two).lines())
        .containsExactly("Tandem: 1 live things", "a: 1 ms, old", "    at x", "  b");
    assertThat(Dump.json(DumpTest::two))
        .isEqualTo(
            "{\"things\":[{\"name\":\"a\",\"ageMillis\":1,\"old\":true,\"idle\":false,\"cause\":null,"
                + "\"id\":7,\"lines\":[\"x\"],\"parts\":[{\"name\":\"b\"}],\"none\":[]}]}");
  }

  private static void two(DumpEntry root) {
    root.dump().title("Tandem: 1 live things");
    root.add(
        "things",
        "a",
        a -> {
          a.say("name", "", "a", "").say("ageMillis", ": ", 1, " ms").flag("old", true, ", old");
          a.flag("idle", false, ", idle").say("cause", ", because of ", null, "").note("id", 7);
          a.lines("lines", "  at ", List.of("x"));
          a.add("parts", "b", b -> b.say("name", "", "b", ""));
          a.list("none");
        });
  }

  @Test
  void jsonIsAsciiWithoutRawControlCharacters() {
    assertThat(json("\"\\\n\u0000\u007fä\u2028\ud83d\ude00"))
        .isEqualTo("{\"v\":\"\\\"\\\\\\u000a\\u0000\\u007f\\u00e4\\u2028\\ud83d\\ude00\"}");
  }

  @Test
  void halfOfASurrogatePairIsReplaced() {
    assertThat(json("\ud83d")).isEqualTo("{\"v\":\"\\ufffd\"}");
    assertThat(json("\ude00a")).isEqualTo("{\"v\":\"\\ufffda\"}");
    assertThat(json("\ud83d\ud83d\ude00")).isEqualTo("{\"v\":\"\\ufffd\\ud83d\\ude00\"}");
  }

  @Test
  void anEntryThatThrowsTakesWhatItHasAddedWithIt() {
    assertThat(Dump.text(DumpTest::broken).lines())
        .containsExactly("worse cannot be shown: java.lang.IllegalStateException: oh", "fine");
    assertThat(Dump.json(DumpTest::broken))
        .isEqualTo(
            "{\"things\":[{\"name\":\"worse\",\"error\":\"java.lang.IllegalStateException: oh\"},"
                + "{\"name\":\"fine\"}]}");
  }

  private static void broken(DumpEntry root) {
    root.add(
        "things",
        "worse",
        entry -> {
          entry.say("name", "", "half", "").add("parts", "part", part -> part.note("x", 1));
          throw new IllegalStateException("oh");
        });
    root.add("things", "fine", entry -> entry.say("name", "", "fine", ""));
  }

  @Test
  void aLongListTellsHowManyAreLeftOut() {
    assertThat(Dump.text(root -> many(root, Dump.MAX_IN_TEXT + 3)).lines())
        .hasSize(1 + Dump.MAX_IN_TEXT + 1)
        .endsWith("  ... and 3 more");
    assertThat(Dump.json(root -> many(root, Dump.MAX_IN_JSON + 5)))
        .endsWith(",\"partsLeftOut\":5}]}");
  }

  private static void many(DumpEntry root, int count) {
    root.add(
        "things",
        "a",
        a -> {
          for (int i = 0; i < count; i++) {
            a.add("parts", "part", part -> part.note("x", 1));
          }
        });
  }

  @Test
  void aDumpHasAnEnd() {
    String json =
        Dump.json(root -> {
          for (int i = 0; i < Dump.MAX_ENTRIES + 10; i++) {
            root.add("things", "a", _ -> {});
          }
        });
    assertThat(json).endsWith("],\"thingsLeftOut\":10}");
  }

  @Test
  void aLongTextIsCut() {
    assertThat(json("x".repeat(100_000))).hasSizeLessThan(2_100);
  }
}
