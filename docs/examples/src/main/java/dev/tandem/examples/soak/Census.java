package dev.tandem.examples.soak;

import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.Multiset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What this process holds at a quiet moment. Names are taken without their numbers, so that a
/// worker's thread and its successor's are the same.
///
/// @param heap used bytes after a collection
/// @param threads all threads, virtual ones included, apart from those that the JDK keeps for a
///   while as it likes
/// @param descriptors what the open file descriptors are, where the system tells
/// @param children processes that this one has started and that run
/// @param files in the directories of the pools
record Census(
    long heap,
    Multiset<String> threads,
    Multiset<String> descriptors,
    Multiset<String> children,
    Multiset<String> files) {
  /// Carriers of virtual threads, the collector's helpers, watchers of processes that have ended.
  private static final Predicate<String> KEPT_BY_THE_JDK =
      Pattern.compile(
              "ForkJoinPool.*|VirtualThread-.*|process reaper.*|Common-Cleaner|.*Attach Listener.*")
          .asMatchPredicate();

  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /// {@return what there is now}
  ///
  /// @param directories of the pools
  static Census take(List<Path> directories) throws IOException {
    return new Census(
        heapAfterCollection(),
        named(ThreadDump.names().stream().filter(KEPT_BY_THE_JDK.negate())),
        openDescriptors(),
        named(runningChildren()),
        files(directories));
  }

  /// Twice, since what the first finds unreachable may be let go of by a cleaner.
  private static long heapAfterCollection() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 2; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  private static Multiset<String> openDescriptors() throws IOException {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return ImmutableMultiset.of();
    }
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      return named(all.map(Census::target).filter(target -> !target.startsWith("/proc/")));
    }
  }

  /// {@return what a descriptor points to; nothing under `/proc` if it is this listing's own}
  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException _) {
      return "/proc/gone";
    }
  }

  private static Stream<String> runningChildren() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().isPresent()) // one that has ended has none
        .map(child -> child.info().command().orElse("?"));
  }

  private static Multiset<String> files(List<Path> directories) throws IOException {
    ImmutableMultiset.Builder<String> files = ImmutableMultiset.builder();
    for (Path directory : directories) {
      try (Stream<Path> found = Files.walk(directory)) {
        files.addAll(named(found.skip(1).map(file -> directory.relativize(file).toString())));
      } catch (UncheckedIOException e) {
        if (!(e.getCause() instanceof NoSuchFileException)) {
          throw e;
        }
        files.add("removed meanwhile");
      }
    }
    return files.build();
  }

  private static Multiset<String> named(Stream<String> names) {
    return names
        .map(name -> NUMBER.matcher(name).replaceAll("#"))
        .collect(ImmutableMultiset.toImmutableMultiset());
  }

  @Override
  public String toString() {
    return "heap %.1f MB, %d threads, %d descriptors, %d children, %d files"
        .formatted(heap / 1e6, threads.size(), descriptors.size(), children.size(), files.size());
  }
}
