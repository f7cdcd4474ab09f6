/// Actions over HTTP: one file per verb, and the decoding, checking and merging of what is put.
///
/// - **Rules:** decoding and merging are pure; a PUT that is refused has changed nothing.
/// - **Must not know:** the HTTP server, where invocations run.
@NullMarked
package dev.whirl.controller.api.actions;

import org.jspecify.annotations.NullMarked;
