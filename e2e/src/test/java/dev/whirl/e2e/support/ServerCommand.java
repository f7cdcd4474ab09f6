package dev.whirl.e2e.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The command that starts a server: from the system property `whirl.server.classpath`, from the unpacked
/// distribution named by `whirl.dist`, or from what the build of the server module left behind.
public final class ServerCommand {
    private static final List<String> JVM_DEFAULTS =
            List.of("-XX:+UseSerialGC", "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-Xshare:auto");

    private ServerCommand() {}

    /// The words up to and with the main class; the server's own arguments follow.
    public static List<String> words() {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(jvmOptions());
        words.addAll(List.of("-cp", classpath(), "dev.whirl.server.Main"));
        return words;
    }

    private static List<String> jvmOptions() {
        return Optional.ofNullable(System.getProperty("whirl.server.jvm"))
                .map(text -> List.of(text.strip().split("\\s+")))
                .orElse(JVM_DEFAULTS);
    }

    private static String classpath() {
        String given = System.getProperty("whirl.server.classpath");
        if (given != null) {
            return given;
        }
        String distribution = System.getProperty("whirl.dist");
        if (distribution != null) {
            return Path.of(distribution, "lib").toAbsolutePath() + "/*";
        }
        return builtClasspath(Repository.root().resolve("server/target/classpath.txt"));
    }

    private static String builtClasspath(Path file) {
        try {
            return Files.readAllLines(file).getFirst().strip();
        } catch (IOException e) {
            throw new UncheckedIOException("no server to test: build the server module first, it writes " + file, e);
        }
    }
}
