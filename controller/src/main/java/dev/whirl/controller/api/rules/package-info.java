/// Rules over HTTP.
///
/// - **Enter at** [dev.whirl.controller.api.rules.RuleRoutes].
/// - **Rules:** whether a rule is active is kept in its trigger (row R-121); rule and trigger are written in one step,
///   by [dev.whirl.controller.api.rules.RuleStore] alone.
/// - **Must not know:** the HTTP server, where invocations run.
@NullMarked
package dev.whirl.controller.api.rules;

import org.jspecify.annotations.NullMarked;
