/// Triggers over HTTP.
///
/// - **Enter at** [dev.whirl.controller.api.triggers.TriggerRoutes].
/// - **Rules:** which rules a trigger has is written by those who write rules, in one step with the rule.
/// - **Must not know:** the HTTP server, where invocations run.
@NullMarked
package dev.whirl.controller.api.triggers;

import org.jspecify.annotations.NullMarked;
