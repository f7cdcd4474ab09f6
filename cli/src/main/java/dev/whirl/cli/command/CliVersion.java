package dev.whirl.cli.command;

/// The version of this command, from the manifest of its jar.
public final class CliVersion {
    private CliVersion() {}

    public static String read() {
        String version = CliVersion.class.getPackage().getImplementationVersion();
        return version == null ? "not set" : version;
    }
}
