/// What is measured, as data, and the suites that measure it.
///
/// - **Enter at** [WarmSuite], [ColdSuite] and [StartUpSuite].
/// - **Rules:** a scenario is a record: its name is the same in every run and every version, so that results can be
///   compared over time.
@NullMarked
package dev.whirl.bench.scenario;

import org.jspecify.annotations.NullMarked;
