package dev.whirl.runtime.contract;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.docker.DockerSandboxConfig;
import dev.whirl.sandbox.docker.DockerSandboxes;
import dev.whirl.sandbox.docker.TestEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Containers of a real engine, of images that the runtimes' own Dockerfiles make.
final class ContainerBackend implements AutoCloseable {
    private static final ByteSize MEMORY = ByteSize.mebibytes(512);

    private final DockerSandboxes sandboxes;

    /// @param languages whose images are made, by the names of their folders
    ContainerBackend(String... languages) throws Exception {
        TestEngine.languages(languages);
        var source = new ConfigReader.Source(
                "test",
                Map.of(
                        "sandbox.docker.socket",
                        TestEngine.socket().toString(),
                        "sandbox.docker.pull-runtimes",
                        "false"));
        sandboxes = new DockerSandboxes(
                DockerSandboxConfig.read(new ConfigReader(List.of(source), Map.of())),
                new DockerSandboxes.Surroundings(
                        "contract-" + ProcessHandle.current().pid(),
                        Path.of(System.getProperty("java.io.tmpdir")),
                        Map.of(),
                        Set.of(),
                        ByteSize.mebibytes(2_048),
                        "http://localhost:3233"));
    }

    TestSandbox start(String language) throws SandboxException, InterruptedException {
        return new TestSandbox(
                sandboxes.start(new SandboxSpec(language, "whirl-test/" + language + ":1", MEMORY, "contract")));
    }

    @Override
    public void close() {
        sandboxes.close();
    }
}
