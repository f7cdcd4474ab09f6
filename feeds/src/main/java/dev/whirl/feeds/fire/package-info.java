/// Firing triggers through the platform's API, and what follows from its answers.
@NullMarked
package dev.whirl.feeds.fire;

import org.jspecify.annotations.NullMarked;
