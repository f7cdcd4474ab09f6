/// Alarms: feeds whose times are known beforehand.
///
/// - **Enter at** [dev.whirl.feeds.alarm.Alarms].
/// - **Rules:** no thread for each alarm; a position is stored before and after each firing; one thread at a time does
///   a step of one alarm.
@NullMarked
package dev.whirl.feeds.alarm;

import org.jspecify.annotations.NullMarked;
