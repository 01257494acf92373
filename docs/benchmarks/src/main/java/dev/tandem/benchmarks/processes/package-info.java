/// What process pools are measured with: programs that print their figures, `name=value` each, when
/// their workers are gone. `python/process_pool.py` and `python/process_start.py` do the same.
@NullMarked
package dev.tandem.benchmarks.processes;

import org.jspecify.annotations.NullMarked;
