/// What runs in a worker process only.
///
/// A worker starts a fresh JVM, and what runs before its first task is what its user waits for: so
/// here are no lambdas, no streams, no concatenated strings and no libraries.
@NullMarked
package dev.tandem.pools.internal.worker;

import org.jspecify.annotations.NullMarked;
