/// `wsk project`: deploys what a manifest describes (rows L-22, L-37 to L-42).
///
/// - **Enter at** [ProjectCommands]. A manifest is read whole ([dev.whirl.cli.project.manifest]), with the files it
///   names, and becomes a [Plan] before anything is sent; [Deployer] and [Undeployer] carry plans out.
/// - **Rules:** each step can be repeated, so that an interrupted deployment is finished by running it again.
@NullMarked
package dev.whirl.cli.project;

import org.jspecify.annotations.NullMarked;
