package dev.whirl.server;

import java.util.Optional;

/// Which build this is: from the manifest of the jar.
final class BuildInfo {
    private BuildInfo() {}

    static String version() {
        return Optional.ofNullable(BuildInfo.class.getPackage().getImplementationVersion())
                .orElse("0.0.0-dev");
    }
}
