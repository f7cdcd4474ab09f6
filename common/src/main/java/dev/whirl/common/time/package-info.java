/// Clocks, and waiting that has an end. Decisions never read a clock: they are given the time.
@NullMarked
package dev.whirl.common.time;

import org.jspecify.annotations.NullMarked;
