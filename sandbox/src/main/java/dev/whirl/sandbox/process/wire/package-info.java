/// The wire between the server and our own runtimes: frames over one Unix-domain socket per sandbox, as
/// `docs/design/0001-sandbox-wire.md` says.
///
/// - **Enter at** [dev.whirl.sandbox.process.wire.WireLoop#listen].
/// - **Rules:** the other side is hostile. One thread reads all sockets and never waits for one of them; nothing that
///   a peer announces makes us allocate, only what it sends, up to the limit of the call.
/// - **Must not know:** processes, logs.
@NullMarked
package dev.whirl.sandbox.process.wire;

import org.jspecify.annotations.NullMarked;
