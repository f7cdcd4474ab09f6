package dev.whirl.cli.project;

import dev.whirl.cli.project.manifest.Manifest;

/// A manifest whose dependencies are all packages of the server, with the code of its actions: the project itself, or
/// one that it depends on.
record ProjectPart(Manifest manifest, ActionSources sources) {}
