/// `wsk project`: deploys what a manifest describes (rows L-22, L-37 to L-42).
///
/// - **Enter at** [ProjectCommands]. A manifest is read whole ([dev.whirl.cli.project.manifest]). What it only
///   names, repositories and code at URLs, is fetched ([dev.whirl.cli.project.fetch]). With the files it names it
///   becomes a list of steps before anything is sent ([DeployPlanner], [Planner]), and all that can be known to
///   stand in its way is told at once ([ProjectCheck]); [Deployer] and [Undeployer] carry the steps out.
/// - **Rules:** each step can be repeated, so that an interrupted deployment is finished by running it again. What is
///   marked as a project's is written only where it is still that project's ([Ownership]).
@NullMarked
package dev.whirl.cli.project;

import org.jspecify.annotations.NullMarked;
