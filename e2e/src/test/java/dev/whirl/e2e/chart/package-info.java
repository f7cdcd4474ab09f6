/// The Helm chart, as it is rendered, at work: all of it as containers of the tests' Docker engine
/// ([dev.whirl.e2e.chart.pods]), its router in nginx before a running server, and its broker.
@NullMarked
package dev.whirl.e2e.chart;

import org.jspecify.annotations.NullMarked;
