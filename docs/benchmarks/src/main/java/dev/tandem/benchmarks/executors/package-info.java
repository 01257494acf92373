/// JMH benchmarks of the executors on threads and virtual threads.
@NullMarked
package dev.tandem.benchmarks.executors;

import org.jspecify.annotations.NullMarked;
