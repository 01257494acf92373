package dev.tandem.examples;

import dev.tandem.Tandem;
import dev.tandem.pools.SharedLong;
import dev.tandem.pools.SharedLongArray;
import dev.tandem.pools.SharedSegment;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/// Counts the words of a long text in several processes. The text lies in shared memory, so a task
/// gets no more than the number of its chunk; the counts are an array of numbers that all processes
/// add to, and another number says at any time how far they are.
///
/// A worker counts by itself and adds its counts once for each chunk: an atomic addition for each
/// word would keep the processes waiting for each other's cache lines.
final class WordCount {
  static final List<String> WORDS =
      List.of("anchor", "breeze", "canvas", "deck", "ebb", "fathom", "gale", "harbour", "island");

  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final int CHUNK = 1 << 20;

  private WordCount() {}

  /// {@return a text of so many words}
  static byte[] text(int words) {
    SplittableRandom random = new SplittableRandom(words);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(WORDS.get(random.nextInt(1 + random.nextInt(WORDS.size())))).append(' ');
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  static Map<String, Long> sequential(byte[] text) {
    return byWord(counts(MemorySegment.ofArray(text), 0, text.length));
  }

  /// Counts in worker processes.
  ///
  /// @param progress is told how many bytes all of them have done, again and again
  static Map<String, Long> processes(byte[] text, LongConsumer progress) {
    try (var pool = Tandem.newProcessPool(CORES);
        SharedSegment shared = pool.newSegment(text.length);
        SharedLongArray sums = pool.newLongArray(WORDS.size());
        SharedLong done = pool.newLong(0)) {
      shared.memory().copyFrom(MemorySegment.ofArray(text));
      int chunks = Math.ceilDiv(text.length, CHUNK);
      pool.map(IntStream.range(0, chunks)::iterator, chunk -> add(shared, chunk, sums, done))
          .forEach(_ -> progress.accept(done.get()));
      return byWord(IntStream.range(0, WORDS.size()).mapToLong(sums::get).toArray());
    }
  }

  /// Runs in a worker.
  private static int add(SharedSegment shared, int chunk, SharedLongArray sums, SharedLong done) {
    long from = (long) chunk * CHUNK;
    long to = Math.min(from + CHUNK, shared.byteSize());
    long[] counts = counts(shared.memory(), from, to);
    for (int i = 0; i < counts.length; i++) {
      sums.getAndAdd(i, counts[i]);
    }
    done.getAndAdd(to - from);
    return chunk;
  }

  /// {@return how often each word begins in a part of the text}
  private static long[] counts(MemorySegment text, long from, long to) {
    long[] counts = new long[WORDS.size()];
    byte[] word = new byte[16];
    long at = from;
    while (at > 0 && at < to && text.get(ValueLayout.JAVA_BYTE, at - 1) != ' ') {
      at++; // the rest of a word of the chunk before
    }
    while (at < to) {
      int length = 0;
      for (byte next; (next = text.get(ValueLayout.JAVA_BYTE, at++)) != ' '; ) {
        word[length++] = next;
      }
      counts[WORDS.indexOf(new String(word, 0, length, StandardCharsets.US_ASCII))]++;
    }
    return counts;
  }

  private static Map<String, Long> byWord(long[] counts) {
    Map<String, Long> all = new TreeMap<>();
    for (int i = 0; i < counts.length; i++) {
      all.put(WORDS.get(i), counts[i]);
    }
    return all;
  }

  static void main() throws Exception {
    byte[] text = text(5_000_000);
    Timed.print("sequential", () -> sequential(text));
    Timed.print(
        "processes",
        () -> processes(text, done -> System.out.printf("\r%3d %% ", 100 * done / text.length)));
  }
}
