package dev.whirl.e2e.support;

import dev.whirl.sandbox.docker.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// The image of the server, made of what was built, on a Debian that is made here; once for all
/// tests of a process.
public final class ServerImage {
    public static final String NAME = "whirl-test/server:e2e";

    /// The Java runtime, which is built upon the same base.
    public static final String JAVA = "whirl-test/runtime-java:e2e";

    private static final Duration BUILD = Duration.ofMinutes(15);
    private static @Nullable String told;

    private ServerImage() {}

    /// Builds it, unless that was done. Where Debian's debootstrap is missing the tests fail if
    /// `CI=true`, and are reported as not run otherwise.
    ///
    /// @return what the build printed: how large it is
    public static synchronized String build() throws IOException, InterruptedException {
        if (told != null) {
            return told;
        }
        TestEngine.socket();
        requireDebootstrap();
        String script = Repository.root().resolve("deploy/images/build").toString();
        String said = Docker.call(
                BUILD, List.of(script, "--debian", "--name", "whirl-test/", "--tag", "e2e", "server", "java"));
        told = said;
        return said;
    }

    /// Starts a container of it on this machine's network, with nothing that it can write to but
    /// `/tmp` and `/data`.
    ///
    /// @param environment of the process
    /// @param words role and options
    public static Container run(Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        build();
        Path socket = TestEngine.socket();
        var command = new ArrayList<>(List.of("run", "--detach", "--network", "host", "--read-only"));
        command.addAll(List.of("--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--stop-timeout", "30"));
        command.addAll(
                List.of("--group-add", Files.getAttribute(socket, "unix:gid").toString()));
        command.addAll(List.of("--volume", socket + ":/var/run/docker.sock"));
        environment.forEach((name, value) -> command.addAll(List.of("--env", name + "=" + value)));
        command.add(NAME);
        command.addAll(List.of(words));
        return new Container(Docker.run(command));
    }

    /// One container, until it is closed.
    public record Container(String id) implements AutoCloseable {
        public String log() {
            return Docker.log(id);
        }

        /// What a command in it prints.
        public String exec(String... words) {
            var command = new ArrayList<>(List.of("exec", id));
            command.addAll(List.of(words));
            return Docker.run(command);
        }

        /// A field of what the engine knows of it, such as `.State.Health.Status`.
        public String field(String path) {
            return Docker.run("inspect", "--format", "{{" + path + "}}", id);
        }

        /// Asks it to stop, and says with what it ended.
        public int stop() {
            Docker.run("stop", id);
            return Integer.parseInt(field(".State.ExitCode"));
        }

        @Override
        public void close() {
            Docker.run("rm", "--force", "--volumes", id);
        }
    }

    private static void requireDebootstrap() {
        if (Files.isExecutable(Path.of("/usr/sbin/debootstrap"))) {
            return;
        }
        String reason = "there is no debootstrap here; install it: apt-get install debootstrap";
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(reason);
        }
        Assumptions.abort(reason);
    }
}
