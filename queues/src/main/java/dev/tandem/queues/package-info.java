/// Channels between threads. A [dev.tandem.queues.Channel] is a queue that blocks on both ends, on
/// platform and virtual threads alike, has an exact capacity and closes exactly: each element that
/// was accepted before the close is delivered once, each put after it is refused.
///
/// One rule for results holds everywhere: `null`, `false` and 0 mean "nothing now", an exception
/// means "never again".
///
/// Elements are never null, and neither are arguments; a null gives a [NullPointerException] that
/// names the argument. A [java.time.Duration] of zero or less means "do not wait".
///
/// **Memory effects.** Actions in a thread before it puts an element into a channel happen-before
/// actions in another thread after it takes that element. Actions in a thread before it closes a
/// channel happen-before actions in another thread after it finds the channel closed.
@NullMarked
package dev.tandem.queues;

import org.jspecify.annotations.NullMarked;
