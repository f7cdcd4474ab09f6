package dev.whirl.server;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/// Which build this is: from the manifest of the jar.
final class BuildInfo implements IVersionProvider {
    static String version() {
        return Optional.ofNullable(BuildInfo.class.getPackage().getImplementationVersion())
                .orElse("0.0.0-dev");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"whirl " + version()};
    }
}
