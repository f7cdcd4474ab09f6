/// What is learned from the calls of the past: how far apart those of an action come, how many sandboxes of a runtime
/// are asked for at a time. Start at [IdleTimes]; [KeepAlive] and [Worth] decide with it. Everything is bounded and
/// pure but for the counts themselves. It must not know the pool.
@NullMarked
package dev.whirl.invoker.demand;

import org.jspecify.annotations.NullMarked;
