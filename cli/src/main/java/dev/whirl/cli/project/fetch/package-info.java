/// Fetches what a project consists of and does not hold: repositories, with the program `git`, and code at URLs.
///
/// - **Enter at** [GitRepositories], [Downloads].
/// - **Rules:** what comes from elsewhere is bounded in size and time, runs nothing, and is never asked for with the
///   user's credentials.
@NullMarked
package dev.whirl.cli.project.fetch;

import org.jspecify.annotations.NullMarked;
