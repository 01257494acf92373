/// Runs the benchmarks in groups, ours and the peers' in turn, and compares medians with the goals.
@NullMarked
package dev.tandem.benchmarks;

import org.jspecify.annotations.NullMarked;
