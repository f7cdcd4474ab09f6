/// What every runtime must do (rows K-10 to K-23, K-26), proven through the port with real processes.
///
/// - **Enter at** [dev.whirl.runtime.contract.RuntimeContract], which each runtime's test extends with its own
/// language.
/// - **Rules:** a behaviour that all runtimes share is tested there, with one small action per language below
///   `src/test/resources`.
/// - **Must not know:** how a runtime works inside.
@NullMarked
package dev.whirl.runtime.contract;

import org.jspecify.annotations.NullMarked;
