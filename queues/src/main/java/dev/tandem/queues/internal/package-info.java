/// The parts of channels that know nothing of channels: padded words, lists of waiting threads,
/// deadlines.
@NullMarked
package dev.tandem.queues.internal;

import org.jspecify.annotations.NullMarked;
