/// The lines of an activation as users see them, and where else they go.
///
/// - **Enter at** [dev.whirl.invoker.logs.LogLines], which is pure, and [dev.whirl.invoker.logs.LogShipper].
@NullMarked
package dev.whirl.invoker.logs;

import org.jspecify.annotations.NullMarked;
