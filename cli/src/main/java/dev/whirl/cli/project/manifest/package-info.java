/// Manifests and deployment files: their grammar, read from YAML (rows L-37 to L-40).
///
/// - **Enter at** [ManifestReader].
/// - **Rules:** nothing is asked of a server, and no file but the manifest's own is opened.
@NullMarked
package dev.whirl.cli.project.manifest;

import org.jspecify.annotations.NullMarked;
