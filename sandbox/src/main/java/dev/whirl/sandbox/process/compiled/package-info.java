/// What runtimes made of source code, kept so that a function is compiled once and not in each of its
/// sandboxes.
///
/// - **Enter at** [dev.whirl.sandbox.process.compiled.CompiledCode].
/// - **Rules:** code is compiled inside a sandbox and nowhere else. What came out of the sandbox of one
///   namespace goes into sandboxes of the same namespace and the same source only, and is never run or
///   read here.
/// - **Must not know:** what languages there are, frames.
@NullMarked
package dev.whirl.sandbox.process.compiled;

import org.jspecify.annotations.NullMarked;
