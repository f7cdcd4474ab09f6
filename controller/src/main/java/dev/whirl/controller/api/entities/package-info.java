/// What actions, packages, triggers and rules have in common over HTTP: one key space, fields that all of them have,
/// and lists.
///
/// - **Enter at** [dev.whirl.controller.api.entities.EntityAccess].
/// - **Rules:** a write that is refused has changed nothing; a write that succeeded is known to every cache.
/// - **Must not know:** the HTTP server, where invocations run.
@NullMarked
package dev.whirl.controller.api.entities;

import org.jspecify.annotations.NullMarked;
