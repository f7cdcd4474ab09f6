/// `wsk trigger`: creates and fires triggers, and tells their feeds (rows L-15 to L-17, F-1, F-2).
@NullMarked
package dev.whirl.cli.trigger;

import org.jspecify.annotations.NullMarked;
