/// HTTP/1.1 as far as containers and the engine need it: one request at a time on a connection, answers bounded in size
/// and time.
///
/// - **Enter at** [dev.whirl.sandbox.docker.http.ResponseReader] and [dev.whirl.sandbox.docker.http.Deadlines].
/// - **Rules:** whoever answers is hostile: nothing that is announced makes memory be taken, only what arrives.
/// - **Must not know:** what is asked, and why.
@NullMarked
package dev.whirl.sandbox.docker.http;

import org.jspecify.annotations.NullMarked;
