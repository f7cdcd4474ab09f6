/// The lines of an activation as users see them.
///
/// - **Enter at** [dev.whirl.invoker.logs.LogLines]. Pure.
@NullMarked
package dev.whirl.invoker.logs;

import org.jspecify.annotations.NullMarked;
