package dev.whirl.sandbox.process;

import static org.awaitility.Awaitility.await;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The process backend with the test runtimes, for tests.
public final class Rig implements AutoCloseable {
    private static final String RUNTIME = "probe:1";

    private static volatile boolean forksByDefault;

    private final ProcessSandboxConfig config;
    private final ProcessSandboxes sandboxes;

    private Rig(ProcessSandboxConfig config, List<Path> serverFolders) throws SandboxException {
        this.config = config;
        this.sandboxes = new ProcessSandboxes(config, serverFolders);
    }

    /// @param serverFolders that no sandbox shows
    static Rig openWith(List<Path> serverFolders) throws Exception {
        var rig = new Rig(config(new String[0]), serverFolders);
        return forksByDefault ? rig.warm() : rig;
    }

    static Rig openWith(ProcessSandboxConfig config) throws SandboxException {
        return new Rig(config, List.of());
    }

    /// @param settings keys without their prefix, and values
    public static Rig open(String... settings) throws Exception {
        var rig = new Rig(config(settings), List.of());
        return forksByDefault ? rig.warm() : rig;
    }

    static ProcessSandboxConfig config(String... settings) {
        var values = new HashMap<String, String>();
        values.put("sandbox.process.runtimes", runtimes().toString());
        values.put("sandbox.process.fork", Boolean.toString(forksByDefault));
        for (int i = 0; i < settings.length; i += 2) {
            values.put("sandbox.process." + settings[i], settings[i + 1]);
        }
        var reader = new ConfigReader(List.of(new ConfigReader.Source("--set", values)), Map.of());
        ProcessSandboxConfig config = ProcessSandboxConfig.read(reader);
        reader.finish();
        return config;
    }

    private static Path runtimes() {
        String given = System.getProperty("whirl.test.runtimes");
        try {
            return given == null
                    ? Path.of(Objects.requireNonNull(Rig.class.getResource("/runtimes"))
                            .toURI())
                    : Path.of(given);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Whether rigs that are opened from now on fork their sandboxes from a warm parent.
    static void fork(boolean forks) {
        forksByDefault = forks;
    }

    boolean forks() {
        return config.launch().forks();
    }

    /// Waits until sandboxes are forked.
    Rig warm() throws Exception {
        await().atMost(Probe.PATIENCE).until(() -> {
            serves();
            return isWarm();
        });
        return this;
    }

    /// Whether the next sandbox will be forked.
    boolean isWarm() {
        return sandboxes.isWarm(RUNTIME);
    }

    ProcessSandboxes sandboxes() {
        return sandboxes;
    }

    ProcessSandboxConfig config() {
        return config;
    }

    /// A sandbox of the test runtime, initialised.
    public Probe start() throws Exception {
        return start(ByteSize.mebibytes(256));
    }

    public Probe start(ByteSize memory) throws Exception {
        Probe probe = startCold(memory);
        probe.init("{}");
        return probe;
    }

    Probe startCold(ByteSize memory) throws Exception {
        return new Probe(sandboxes.start(new SandboxSpec(RUNTIME, "", memory, "test")));
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
