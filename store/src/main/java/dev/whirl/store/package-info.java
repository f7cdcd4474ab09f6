/// Port: what is kept: entities, subjects, code, activation records, and the journal of accepted invocations.
///
/// - **Enter at** [dev.whirl.store.Stores]. Adapters are the packages below; only the wiring imports them.
/// - **Rules:** a write that returned is there after any crash, unless its method says otherwise.
/// - **Must not know:** HTTP, who may do what, how actions run.
@NullMarked
package dev.whirl.store;

import org.jspecify.annotations.NullMarked;
