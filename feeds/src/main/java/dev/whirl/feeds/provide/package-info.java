/// Who looks after which feed, and that each owned feed is worked on.
///
/// - **Enter at** [dev.whirl.feeds.provide.Provider].
/// - **Rules:** a feed is worked on by one provider at a time; who is not sure of it any more does not fire.
/// - **Must not know:** what kinds of feeds there are.
@NullMarked
package dev.whirl.feeds.provide;

import org.jspecify.annotations.NullMarked;
