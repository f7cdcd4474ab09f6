/// `whirl feeds` as a process of its own.
@NullMarked
package dev.whirl.e2e.feeds;

import org.jspecify.annotations.NullMarked;
