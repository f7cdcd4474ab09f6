/// Renders the Helm chart, in this process and without a cluster, and reads what comes out.
///
/// - **Enter at** [Chart#render].
/// - **Must not know:** what the chart installs.
@NullMarked
package dev.whirl.chart;

import org.jspecify.annotations.NullMarked;
