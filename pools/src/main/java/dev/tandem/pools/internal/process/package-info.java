/// The parent's side of the process pool.
@NullMarked
package dev.tandem.pools.internal.process;

import org.jspecify.annotations.NullMarked;
