/// What processes share and send to each other: programs that print their figures, `name=value`
/// each, when their workers are gone. `python/process_sharing.py` does the same, and what is
/// measured beside it goes the way of arguments and results.
@NullMarked
package dev.tandem.benchmarks.sharing;

import org.jspecify.annotations.NullMarked;
