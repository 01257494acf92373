/// Tasks and maps in worker processes, as the application sees them: what a submission becomes
/// before it is a message, and what is done with the answer. The workers are the business of
/// `dev.tandem.pools.internal.process.fleet`.
@NullMarked
package dev.tandem.pools.internal.process;

import org.jspecify.annotations.NullMarked;
