package dev.whirl.server;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.runtime.RuntimeKind;
import dev.whirl.model.runtime.RuntimesManifest;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.Sandboxes;
import dev.whirl.sandbox.docker.DockerSandboxes;
import dev.whirl.sandbox.process.ProcessSandboxes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sandboxes of this server.
///
/// @param hasExactLimits whether the kernel keeps the limits of memory and processes
record OpenSandboxes(Sandboxes sandboxes, boolean hasExactLimits) {
    private static final Logger log = LoggerFactory.getLogger(OpenSandboxes.class);

    /// What they belong to.
    ///
    /// @param server which of the servers on this machine
    /// @param data the folder that it writes to
    /// @param memory of all sandboxes together
    record Owner(String server, Path data, ByteSize memory, RuntimesManifest runtimes) {}

    /// @throws StartException with one sentence that says what to do, if there can be none here
    static OpenSandboxes open(SandboxConfig config, Owner owner) {
        try {
            return switch (config.backend()) {
                case PROCESS -> processes(config, owner);
                case DOCKER -> containers(config, owner);
                case AUTO -> whichever(config, owner);
            };
        } catch (SandboxException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static OpenSandboxes processes(SandboxConfig config, Owner owner) throws SandboxException {
        var sandboxes = new ProcessSandboxes(config.process(), Installation.folders(owner.data()));
        return new OpenSandboxes(sandboxes, sandboxes.hasExactLimits());
    }

    private static OpenSandboxes containers(SandboxConfig config, Owner owner) throws SandboxException {
        RuntimesManifest runtimes = owner.runtimes();
        var surroundings = new DockerSandboxes.Surroundings(
                "%s %s %s"
                        .formatted(
                                hostName(),
                                owner.server(),
                                owner.data().toAbsolutePath().normalize()),
                owner.data(),
                runtimes.kinds().stream().collect(Collectors.toMap(RuntimeKind::kind, RuntimeKind::image, (a, _) -> a)),
                Set.copyOf(runtimes.nativeImages()),
                owner.memory(),
                config.process().launch().network().apiHost());
        try {
            return new OpenSandboxes(new DockerSandboxes(config.docker(), surroundings), true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted while the Docker engine was asked", e);
        }
    }

    /// If neither can be had, what is said is how to get processes: they need less.
    private static OpenSandboxes whichever(SandboxConfig config, Owner owner) throws SandboxException {
        try {
            return processes(config, owner);
        } catch (SandboxException noProcesses) {
            if (!Files.exists(config.docker().engine().socket())) {
                throw noProcesses;
            }
            try {
                OpenSandboxes containers = containers(config, owner);
                log.atInfo()
                        .addKeyValue("reason", noProcesses.getMessage())
                        .log("functions run as containers, because they can't as processes");
                return containers;
            } catch (SandboxException noContainers) {
                throw new SandboxException(
                        "%s (%s)".formatted(noProcesses.getMessage(), noContainers.getMessage()), noProcesses);
            }
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
