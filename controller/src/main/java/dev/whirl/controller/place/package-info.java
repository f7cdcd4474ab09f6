/// Where an invocation runs, and how the invokers do.
///
/// - **Enter at** [dev.whirl.controller.place.Cluster#reserve]; give the place back with
///   [dev.whirl.controller.place.Cluster#free].
/// - **Rules:** [dev.whirl.controller.place.Placement#decide] and
///   [dev.whirl.controller.place.InvokerHealth#next] are pure; what it decided is counted under the
///   same lock.
/// - **Must not know:** HTTP, stores, who calls.
@NullMarked
package dev.whirl.controller.place;

import org.jspecify.annotations.NullMarked;
