package dev.whirl.sandbox.docker;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.time.Deadlines;
import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.docker.engine.Engine;
import dev.whirl.sandbox.process.Probe;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The Docker backend with the test images, for tests.
final class DockerRig implements AutoCloseable {
    static final String INSTALLATION = "test-" + ProcessHandle.current().pid();
    private static final Deadlines DEADLINES = Deadlines.started("container-deadlines");

    private final DockerSandboxConfig config;
    private final DockerSandboxes sandboxes;
    private final Engine engine;

    private DockerRig(DockerSandboxConfig config, String installation) throws Exception {
        this.config = config;
        engine = Engine.connect(config.engine(), DEADLINES);
        sandboxes = new DockerSandboxes(config, surroundings(installation));
    }

    /// @param settings keys without their prefix, and values
    static DockerRig open(String... settings) throws Exception {
        return openAs(INSTALLATION + settings.length, settings);
    }

    static DockerRig openAs(String installation, String... settings) throws Exception {
        return new DockerRig(config(settings), installation);
    }

    static DockerSandboxes.Surroundings surroundings(String installation) {
        return new DockerSandboxes.Surroundings(
                installation,
                Path.of(System.getProperty("java.io.tmpdir")),
                Map.of(
                        "probe:1",
                        "whirl-test/probe:1",
                        "nodejs:20",
                        "whirl-test/nodejs:20",
                        "gone:1",
                        "whirl-test/gone:1"),
                Set.of("whirl-test/apache"),
                ByteSize.mebibytes(2_048),
                "http://localhost:3233");
    }

    static DockerSandboxConfig config(String... settings) throws Exception {
        var values = new HashMap<String, String>();
        values.put("sandbox.docker.socket", TestEngine.socket().toString());
        values.put("sandbox.docker.pull-runtimes", "false");
        for (int i = 0; i < settings.length; i += 2) {
            values.put("sandbox.docker." + settings[i], settings[i + 1]);
        }
        var reader = new ConfigReader(List.of(new ConfigReader.Source("--set", values)), Map.of());
        DockerSandboxConfig config = DockerSandboxConfig.read(reader);
        reader.finish();
        return config;
    }

    DockerSandboxes sandboxes() {
        return sandboxes;
    }

    DockerSandboxConfig config() {
        return config;
    }

    Engine engine() {
        return engine;
    }

    Probe startCold(ByteSize memory) throws Exception {
        return new Probe(sandboxes.start(new SandboxSpec("probe:1", "whirl-test/probe:1", memory, "test")));
    }

    Probe start() throws Exception {
        Probe probe = startCold(ByteSize.mebibytes(256));
        probe.init("{}");
        return probe;
    }

    /// A sandbox of an image that a user named.
    Probe startImage(String image) throws Exception {
        return new Probe(sandboxes.start(new SandboxSpec("blackbox", image, ByteSize.mebibytes(256), "box")));
    }

    /// Fails unless a new sandbox answers.
    void serves() throws Exception {
        try (Probe probe = start()) {
            probe.answer("{'do':'echo'}");
        }
    }

    @Override
    public void close() {
        sandboxes.close();
    }
}
