/// JMH benchmarks of the channels, and two programs that JMH is no use for.
@NullMarked
package dev.tandem.benchmarks.channels;

import org.jspecify.annotations.NullMarked;
