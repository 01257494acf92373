/// Channels between threads. A [dev.tandem.queues.Channel] is a queue that blocks on both ends, on
/// platform and virtual threads alike, has an exact capacity and closes exactly: what was accepted
/// before the close is delivered once, what comes after is refused.
///
/// One rule for results holds everywhere: `null`, `false` and 0 mean "nothing now", an exception
/// means "never again".
///
/// Elements are never null, and neither are arguments; a null gives a [NullPointerException] that
/// names the argument. A [java.time.Duration] of zero or less means "do not wait".
///
/// **Memory effects.** What a thread did before it put an element into a channel happens before
/// what another does after it took that element. What a thread did before it closed a channel
/// happens before what another does after it found the channel closed.
@NullMarked
package dev.tandem.queues;

import org.jspecify.annotations.NullMarked;
