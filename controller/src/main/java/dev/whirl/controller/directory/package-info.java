/// Names: which entity an id or a path means to a caller, and what an action is called with.
///
/// - **Enter at** [dev.whirl.controller.directory.Resolver] with a caller and the id of an action, or at
///   [dev.whirl.controller.directory.Directory] for any entity.
/// - **Rules:** entitlement is decided here for what lies in packages (row A-6); nothing here writes.
/// - **Must not know:** HTTP, where invocations run.
@NullMarked
package dev.whirl.controller.directory;

import org.jspecify.annotations.NullMarked;
