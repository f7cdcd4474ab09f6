package dev.whirl.server;

import dev.whirl.common.config.ConfigException;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.controller.ControllerConfig;
import dev.whirl.controller.SystemLimitsConfig;
import dev.whirl.invoker.InvokerConfig;
import dev.whirl.invoker.http.InvokerServerConfig;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.runtime.RuntimesManifest;
import dev.whirl.sandbox.process.ProcessSandboxConfig;
import dev.whirl.store.embedded.EmbeddedStoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The whole configuration of a process. Each way to run Whirl is one case.
sealed interface ServerConfig {
    /// Everything in one process.
    record Standalone(
            ControllerConfig controller,
            InvokerConfig invoker,
            InvokerServerConfig invokerServer,
            SystemLimits limits,
            EmbeddedStoreConfig store,
            ProcessSandboxConfig sandbox,
            RuntimesManifest runtimes)
            implements ServerConfig {}

    /// Reads every part, then complains about all problems at once.
    ///
    /// @throws ConfigException with one sentence a problem
    static ServerConfig read(ConfigReader reader) {
        Path manifest = Path.of(reader.text(
                "runtimes.manifest", "conf/runtimes.json", "File that lists the kinds of functions and their images."));
        var controller = ControllerConfig.read(reader);
        var invoker = InvokerConfig.read(reader);
        var invokerServer = InvokerServerConfig.read(reader);
        var limits = SystemLimitsConfig.read(reader, SystemLimits.STANDALONE);
        var store = EmbeddedStoreConfig.read(reader);
        var sandbox = ProcessSandboxConfig.read(reader);
        RuntimesManifest runtimes = manifest(manifest, reader);
        reader.finish();
        return new Standalone(controller, invoker, invokerServer, limits, store, sandbox, runtimes);
    }

    private static RuntimesManifest manifest(Path file, ConfigReader reader) {
        try {
            return RuntimesManifest.parse(RawJson.parse(Files.readAllBytes(file)));
        } catch (IOException e) {
            reader.problem("runtimes.manifest: %s can't be read".formatted(file.toAbsolutePath()));
        } catch (MalformedJsonException | IllegalArgumentException e) {
            reader.problem("runtimes.manifest: %s: %s".formatted(file.toAbsolutePath(), e.getMessage()));
        }
        return new RuntimesManifest(java.util.List.of(), java.util.List.of());
    }
}
