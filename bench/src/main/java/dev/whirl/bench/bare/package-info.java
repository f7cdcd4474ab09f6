/// The ceiling: a language runtime as a bare process, called over its Unix socket without platform and sandbox.
///
/// - **Enter at** [BareRuntime#start], measure with [BareLoop#run].
/// - **Must not know:** HTTP, the platform.
@NullMarked
package dev.whirl.bench.bare;

import org.jspecify.annotations.NullMarked;
