/// The short form of the load harness on the built distribution: nothing has become slower by an order of magnitude.
///
/// **Rules:** only ratios to what the bare machine does in the same seconds, with wide margins; no absolute times.
@NullMarked
package dev.whirl.e2e.speed;

import org.jspecify.annotations.NullMarked;
