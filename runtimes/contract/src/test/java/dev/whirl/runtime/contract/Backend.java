package dev.whirl.runtime.contract;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.RuntimeReadiness;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.Sandboxes;
import dev.whirl.sandbox.process.ProcessSandboxConfig;
import dev.whirl.sandbox.process.ProcessSandboxes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The sandboxes that all suites share: real processes of this machine.
final class Backend {
    private static final ByteSize MEMORY = ByteSize.mebibytes(256);
    private static final Sandboxes SANDBOXES = open("yes");
    private static @Nullable Sandboxes unforked;

    private Backend() {}

    /// Whether a runtime can be started here, and why not.
    static RuntimeReadiness readiness(String kind) {
        return SANDBOXES.readiness().stream()
                .filter(each -> each.runtime().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    static TestSandbox start(String kind) throws SandboxException, InterruptedException {
        return new TestSandbox(SANDBOXES.start(new SandboxSpec(kind, "", MEMORY, "contract")));
    }

    /// One that no warm parent forked.
    static synchronized TestSandbox startUnforked(String kind) throws SandboxException, InterruptedException {
        Sandboxes sandboxes = unforked == null ? open("no") : unforked;
        unforked = sandboxes;
        return new TestSandbox(sandboxes.start(new SandboxSpec(kind, "", MEMORY, "contract")));
    }

    private static Sandboxes open(String forks) {
        try {
            var source = new ConfigReader.Source(
                    "test",
                    Map.of(
                            "sandbox.process.runtimes",
                            OtherInterpreters.apply(Path.of("..").toRealPath()).toString(),
                            "sandbox.process.fork",
                            forks));
            var sandboxes =
                    new ProcessSandboxes(ProcessSandboxConfig.read(new ConfigReader(List.of(source), Map.of())));
            Runtime.getRuntime().addShutdownHook(new Thread(sandboxes::close));
            return sandboxes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SandboxException e) {
            throw new IllegalStateException(e);
        }
    }
}
