/// Pods of a rendering of the Helm chart as containers of the tests' Docker engine: what a node of a cluster makes of
/// them, with as little of its own as can be.
///
/// - **Enter at** [dev.whirl.e2e.chart.pods.Release#install].
/// - **Rules:** nothing that was rendered is changed. What a node would refuse, or a pod could not be started with,
///   fails with a sentence. Nothing is started a second time: what a cluster would hide by trying again is seen here.
/// - **Must not know:** what the chart installs.
@NullMarked
package dev.whirl.e2e.chart.pods;

import org.jspecify.annotations.NullMarked;
