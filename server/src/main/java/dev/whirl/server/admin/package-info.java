/// Users, keys, quotas, and copies of the data: what an operator does with `whirl admin`, in the words of OpenWhisk's
/// `wskadmin` (row A-7).
///
/// - **Enter at** [dev.whirl.server.admin.AdminMain] for the command, [dev.whirl.server.admin.AdminListener] for the
///   running server.
/// - **Rules:** words become an [dev.whirl.server.admin.AdminTask] before anything is touched; a task runs where the
///   store is open: in the running server, told over a socket in the data folder, or else in this process.
/// - **Must not:** write keys to a log or anywhere but the answer.
@NullMarked
package dev.whirl.server.admin;

import org.jspecify.annotations.NullMarked;
