/// Sandboxes as processes of this machine: the language's interpreter inside bubblewrap, spoken to over one socket.
///
/// - **Enter at** [dev.whirl.sandbox.process.ProcessSandboxes].
/// - **Rules:** code in a sandbox is hostile; `docs/design/0003-process-sandbox.md` says what stands against what.
///   Without isolation nothing does, and every start says so.
/// - **Must not know:** actions, pools, records.
@NullMarked
package dev.whirl.sandbox.process;

import org.jspecify.annotations.NullMarked;
