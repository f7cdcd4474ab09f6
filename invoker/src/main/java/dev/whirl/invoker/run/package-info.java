/// Runs one invocation in a sandbox: the documents that go in, and what is made of the replies.
///
/// - **Enter at** [dev.whirl.invoker.run.ActionRunner#run].
/// - **Rules:** [dev.whirl.invoker.run.Outcomes] is pure. A fault of the platform is never the developer's.
/// - **Must not know:** where sandboxes come from, what becomes of the result.
@NullMarked
package dev.whirl.invoker.run;

import org.jspecify.annotations.NullMarked;
