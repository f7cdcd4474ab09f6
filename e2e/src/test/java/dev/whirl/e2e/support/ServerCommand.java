package dev.whirl.e2e.support;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The command that starts a server: the launcher of the distribution that the build lays out, or that of the one
/// named by the system property `whirl.dist`; or a bare class path given by `whirl.server.classpath`.
public final class ServerCommand {
    private static final List<String> JVM_OPTIONS =
            List.of("-XX:+UseSerialGC", "-Xmx768m", "--enable-native-access=ALL-UNNAMED");

    private ServerCommand() {}

    /// The words before the server's own options.
    public static List<String> words() {
        String classpath = System.getProperty("whirl.server.classpath");
        return classpath == null ? launcher() : bare(classpath);
    }

    /// What a server of the tests finds in its environment: which JVM, and no thorough compiler, which is not worth it
    /// for the seconds that it lives and takes as much again as the start. Tests of speed start theirs with both.
    public static Map<String, String> environment() {
        return Map.of("JAVA_HOME", System.getProperty("java.home"), "WHIRL_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    }

    /// The folder with `bin/ lib/ conf/`.
    public static Path distribution() {
        return Optional.ofNullable(System.getProperty("whirl.dist"))
                .map(Path::of)
                .orElse(Repository.root().resolve("deploy/dist/target/whirl"))
                .toAbsolutePath();
    }

    private static List<String> launcher() {
        Path launcher = distribution().resolve("bin/whirl");
        if (!Files.isReadable(launcher)) {
            throw new IllegalStateException("no server to test: the build of deploy/dist makes " + launcher);
        }
        return List.of("/bin/sh", launcher.toString(), "up");
    }

    private static List<String> bare(String classpath) {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JVM_OPTIONS);
        words.addAll(List.of("-cp", classpath, "dev.whirl.server.Main"));
        return words;
    }
}
