/// Quantities that carry their unit: sizes in bytes and durations written by people.
@NullMarked
package dev.whirl.common.units;

import org.jspecify.annotations.NullMarked;
