/// The command `whirl wait`: what must be there before a part of a cluster starts.
///
/// - **Enter at** [WaitMain#run].
/// - **Rules:** says what is missing, once each time that it changes; ends by itself; no password is printed.
@NullMarked
package dev.whirl.server.wait;

import org.jspecify.annotations.NullMarked;
