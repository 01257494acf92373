/// What executors are configured with.
@NullMarked
package dev.tandem.pools;

import org.jspecify.annotations.NullMarked;
