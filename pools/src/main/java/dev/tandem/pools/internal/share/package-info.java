/// What the application's JVM and its workers have in common: memory, and the handles with which a
/// task finds it. Used in both.
@NullMarked
package dev.tandem.pools.internal.share;

import org.jspecify.annotations.NullMarked;
