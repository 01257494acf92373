/// The vocabulary of Tandem. [dev.tandem.core.TaskExecutor] is an
/// [java.util.concurrent.ExecutorService] in every documented respect whose work may run on
/// platform threads, on virtual threads or elsewhere; [dev.tandem.core.Task] names a piece of work
/// and gives it a timeout; [dev.tandem.core.Outcome] is how that work ended.
///
/// Unless a type says otherwise, arguments must not be null; a null argument gives a
/// [NullPointerException] that names it. A task's *result* may be null.
@NullMarked
package dev.tandem.core;

import org.jspecify.annotations.NullMarked;
