/// Parts of the Helm chart that are no pods of Whirl, as the chart renders them, in programs of this machine: the
/// router
/// in nginx, before a running server, and a broker.
@NullMarked
package dev.whirl.e2e.chart;

import org.jspecify.annotations.NullMarked;
