/// The technical kit: units, clocks, configuration, small checks.
///
/// **Must not know:** actions, or anything else of the platform.
@NullMarked
package dev.whirl.common;

import org.jspecify.annotations.NullMarked;
