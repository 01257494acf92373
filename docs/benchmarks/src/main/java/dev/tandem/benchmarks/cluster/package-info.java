/// Tasks and maps on the members of a cluster: programs that start members as processes of their
/// own, print their figures, `name=value` each, and kill them. The peers use Hazelcast's own
/// executor on the same kind of members, or a process pool.
@NullMarked
package dev.tandem.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
