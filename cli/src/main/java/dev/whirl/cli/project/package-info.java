/// `wsk project`: deploys what a manifest describes (rows L-22, L-37 to L-42).
///
/// - **Enter at** [ProjectCommands]. A manifest is read whole ([dev.whirl.cli.project.manifest]). What it only
///   names, repositories and code at URLs, is fetched ([dev.whirl.cli.project.fetch]). With the files it names it
///   becomes a list of steps before anything is sent ([Planner]); [Deployer] and [Undeployer] carry them out.
/// - **Rules:** each step can be repeated, so that an interrupted deployment is finished by running it again.
@NullMarked
package dev.whirl.cli.project;

import org.jspecify.annotations.NullMarked;
