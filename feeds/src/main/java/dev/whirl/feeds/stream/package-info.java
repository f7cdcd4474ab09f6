/// Feeds that read events from other servers, in order and again after a crash.
///
/// - **Enter at** [dev.whirl.feeds.stream.Streams].
/// - **Rules:** a mark is stored before and after each firing; what can't be fired now stays where it is.
/// - **Must not know:** which servers there are.
@NullMarked
package dev.whirl.feeds.stream;

import org.jspecify.annotations.NullMarked;
