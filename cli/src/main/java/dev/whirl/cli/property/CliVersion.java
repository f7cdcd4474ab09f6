package dev.whirl.cli.property;

/// The version of this command, from the manifest of its jar.
final class CliVersion {
    private CliVersion() {}

    static String read() {
        String version = CliVersion.class.getPackage().getImplementationVersion();
        return version == null ? "not set" : version;
    }
}
