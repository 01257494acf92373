package dev.tandem.pools.internal.launch;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The options with which the workers of one pool are started.
///
/// @param workers the number of workers that run at a time, spares not counted
/// @param maxHeap the workers' `-Xmx` in bytes; 0: an equal share of the heap of this JVM
/// @param jvmArguments the user's JVM arguments, checked by [JvmArguments#check]
/// @param aotCache the file of the AOT cache, or null for none
public record LaunchOptions(
    int workers, long maxHeap, List<String> jvmArguments, @Nullable Path aotCache) {
  /// Copies the arguments.
  public LaunchOptions {
    jvmArguments = List.copyOf(jvmArguments);
  }
}
