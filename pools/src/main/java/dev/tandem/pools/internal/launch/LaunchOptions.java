package dev.tandem.pools.internal.launch;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the workers of one pool are started with.
///
/// @param workers how many run at a time, spares not counted
/// @param maxHeap their `-Xmx` in bytes; 0: an equal share of the heap of this JVM
/// @param jvmArguments the user's, checked by [JvmArguments#check]
/// @param aotCache the file of the AOT cache, or null for none
public record LaunchOptions(
    int workers, long maxHeap, List<String> jvmArguments, @Nullable Path aotCache) {
  /// Copies the arguments.
  public LaunchOptions {
    jvmArguments = List.copyOf(jvmArguments);
  }
}
