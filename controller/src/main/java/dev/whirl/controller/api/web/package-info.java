/// Web actions: functions that answer plain HTTP, for anybody, on behalf of their owner (part 1.8 of the rows).
///
/// - **Enter at** [dev.whirl.controller.api.web.WebAction].
/// - **Rules:** what a request becomes for the function ([dev.whirl.controller.api.web.WebArguments]) and what a
///   result becomes for the client ([dev.whirl.controller.api.web.Transcoder]) are pure.
/// - **Must not know:** the HTTP server, where invocations run.
@NullMarked
package dev.whirl.controller.api.web;

import org.jspecify.annotations.NullMarked;
