/// Port: messages between the processes of the platform.
///
/// - **Enter at** [dev.whirl.bus.Bus]. Adapters are the packages below; only the wiring imports them.
/// - **Must not know:** what the messages mean.
@NullMarked
package dev.whirl.bus;

import org.jspecify.annotations.NullMarked;
