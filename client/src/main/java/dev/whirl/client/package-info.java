/// The typed Java client of the REST API, for this platform and any OpenWhisk.
///
/// - **Enter at** [WhirlClient#connect]; one client serves many threads.
/// - **Rules:** calls block, so make them on virtual threads; whatever goes wrong is a [ClientException] of three
/// kinds.
///   Credentials never appear in messages or in `toString`.
/// - **Must not know:** command lines, the server's parts.
@NullMarked
package dev.whirl.client;

import org.jspecify.annotations.NullMarked;
