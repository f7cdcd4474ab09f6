/// Feeds on the controller's port.
@NullMarked
package dev.whirl.server.feeds;

import org.jspecify.annotations.NullMarked;
