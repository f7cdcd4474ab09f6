/// Port: run code behind init and run.
///
/// - **Enter at** [dev.whirl.sandbox.Sandboxes]. Adapters are the packages below; only the wiring imports them.
/// - **Rules:** code in a sandbox is hostile. Whatever it does, a call here returns in bounded time with bounded
///   memory.
/// - **Must not know:** actions as entities, activation records, which sandbox runs what.
@NullMarked
package dev.whirl.sandbox;

import org.jspecify.annotations.NullMarked;
