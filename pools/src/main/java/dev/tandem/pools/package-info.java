/// Executors whose work runs in other processes, [dev.tandem.pools.ProcessPool], and what executors
/// are configured with. How to use them: [the guide](../doc-files/processes.html).
@NullMarked
package dev.tandem.pools;

import org.jspecify.annotations.NullMarked;
