/// Feeds on the controller's port, and which servers they can read.
@NullMarked
package dev.whirl.server.feeds;

import org.jspecify.annotations.NullMarked;
