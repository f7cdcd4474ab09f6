/// Runs one Java action inside a sandbox: takes its jar once, then calls its method for each request.
///
/// - **Enter at** [dev.whirl.runtime.java.Launcher], started by the command in `runtime.json`.
/// - **Rules:** one request at a time. The action's class loader sees the JDK and Gson, never these classes.
/// - **Must not know:** anything of the server but the frames of its wire.
@NullMarked
package dev.whirl.runtime.java;

import org.jspecify.annotations.NullMarked;
