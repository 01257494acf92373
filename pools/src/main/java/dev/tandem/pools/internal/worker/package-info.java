/// What runs in a worker process, and what both sides of the connection to it agree on: the frames,
/// and the page of shared memory that outlives a crash.
///
/// A worker starts a fresh JVM, and what runs before its first task is what its user waits for: so
/// here are no lambdas, no streams, no concatenated strings and no libraries.
@NullMarked
package dev.tandem.pools.internal.worker;

import org.jspecify.annotations.NullMarked;
