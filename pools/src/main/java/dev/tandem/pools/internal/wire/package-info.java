/// What a process pool and its workers agree on: the transport, frames, the page of shared memory
/// that outlives a crash, exit codes and system properties.
///
/// A worker loads these classes before its first task, and its user waits for them: they use no
/// library.
@NullMarked
package dev.tandem.pools.internal.wire;

import org.jspecify.annotations.NullMarked;
