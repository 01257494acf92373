/// Channels between processes. The pool's hub keeps their elements; a worker reaches it through
/// lanes, memory that one process writes and one reads. Used in the pool and in its workers.
@NullMarked
package dev.tandem.pools.internal.channel;

import org.jspecify.annotations.NullMarked;
