/// The workers of a process pool, seen from the application's process: they are started,
/// supervised, sent jobs, read from, killed and replaced here.
@NullMarked
package dev.tandem.pools.internal.process.fleet;

import org.jspecify.annotations.NullMarked;
