/// Load with honest latencies: closed loops and fixed rates, measured into histograms.
///
/// - **Enter at** [LoadGenerator#run].
/// - **Rules:** at a fixed rate a latency begins when the call was meant to be sent, not when a connection was free;
///   the cost of the generator itself is part of every result.
/// - **Must not know:** what a call is; it sees a [Caller].
@NullMarked
package dev.whirl.bench.load;

import org.jspecify.annotations.NullMarked;
