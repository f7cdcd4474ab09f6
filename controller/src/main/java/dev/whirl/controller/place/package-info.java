/// Where an invocation runs.
///
/// - **Enter at** [dev.whirl.controller.place.Cluster#reserve]; give the place back with
///   [dev.whirl.controller.place.Cluster#free].
/// - **Rules:** [dev.whirl.controller.place.Placement#decide] is pure; what it decided is counted under the
///   same lock.
/// - **Must not know:** HTTP, stores, who calls.
@NullMarked
package dev.whirl.controller.place;

import org.jspecify.annotations.NullMarked;
