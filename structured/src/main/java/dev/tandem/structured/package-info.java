/// Structured task scopes: subtasks whose lives are bounded by a block of code.
///
/// [dev.tandem.structured.TaskScope] is the scope, with its joiners, subtasks and configuration;
/// [dev.tandem.structured.Parallel] has the usual forms of it in one call.
@NullMarked
package dev.tandem.structured;

import org.jspecify.annotations.NullMarked;
