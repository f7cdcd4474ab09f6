/// When feeds fire, and what is to be done now: functions of a feed, its position and the time.
@NullMarked
package dev.whirl.feeds.schedule;

import org.jspecify.annotations.NullMarked;
