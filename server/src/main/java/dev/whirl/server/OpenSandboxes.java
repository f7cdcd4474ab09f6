package dev.whirl.server;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.runtime.RuntimeKind;
import dev.whirl.model.runtime.RuntimesManifest;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.Sandboxes;
import dev.whirl.sandbox.docker.DockerSandboxes;
import dev.whirl.sandbox.kubernetes.KubernetesSandboxes;
import dev.whirl.sandbox.process.ProcessSandboxes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sandboxes of this server.
///
/// @param hasExactLimits whether the kernel keeps the limits of memory and processes
/// @param isIsolated whether anything keeps functions from what the user of this server can read and change
/// @param name by which they are found again, where that needs one of this server alone
record OpenSandboxes(Sandboxes sandboxes, boolean hasExactLimits, boolean isIsolated, Optional<InstallationName> name)
        implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OpenSandboxes.class);

    /// What they belong to.
    ///
    /// @param server which of the servers on this machine
    /// @param data the folder that it writes to
    /// @param memory of all sandboxes together
    record Owner(String server, Path data, ByteSize memory, RuntimesManifest runtimes) {}

    /// @param ifNone what to undo if there can be none
    /// @throws StartException with one sentence that says what to do, if there can be none here
    static OpenSandboxes open(SandboxConfig config, Owner owner, Runnable ifNone) {
        boolean isOpen = false;
        try {
            OpenSandboxes opened = open(config, owner);
            isOpen = true;
            return opened;
        } finally {
            if (!isOpen) {
                ifNone.run();
            }
        }
    }

    /// @throws StartException with one sentence that says what to do, if there can be none here
    static OpenSandboxes open(SandboxConfig config, Owner owner) {
        try {
            return switch (config.backend()) {
                case PROCESS -> processes(config, owner);
                case DOCKER -> containers(config, owner);
                case KUBERNETES -> pods(config, owner);
                case AUTO -> whichever(config, owner);
            };
        } catch (SandboxException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static OpenSandboxes processes(SandboxConfig config, Owner owner) throws SandboxException {
        var sandboxes = new ProcessSandboxes(config.process(), Installation.folders(owner.data()));
        return new OpenSandboxes(sandboxes, sandboxes.hasExactLimits(), sandboxes.isIsolated(), Optional.empty());
    }

    private static OpenSandboxes containers(SandboxConfig config, Owner owner) throws SandboxException {
        InstallationName name = InstallationName.open(owner.data(), owner.server());
        boolean isOpen = false;
        try {
            var sandboxes = new DockerSandboxes(config.docker(), surroundings(config, owner, name));
            isOpen = true;
            return new OpenSandboxes(sandboxes, true, true, Optional.of(name));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted while the Docker engine was asked", e);
        } finally {
            if (!isOpen) {
                name.close();
            }
        }
    }

    private static DockerSandboxes.Surroundings surroundings(SandboxConfig config, Owner owner, InstallationName name) {
        return new DockerSandboxes.Surroundings(
                name.text(),
                owner.data(),
                images(owner.runtimes()),
                Set.copyOf(owner.runtimes().nativeImages()),
                owner.memory(),
                config.process().launch().network().apiHost());
    }

    private static OpenSandboxes pods(SandboxConfig config, Owner owner) throws SandboxException {
        var surroundings = new KubernetesSandboxes.Surroundings(
                owner.server(),
                images(owner.runtimes()),
                Set.copyOf(owner.runtimes().nativeImages()));
        try {
            var sandboxes = new KubernetesSandboxes(config.kubernetes(), surroundings);
            return new OpenSandboxes(sandboxes, true, true, Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted while the cluster was asked", e);
        }
    }

    private static Map<String, String> images(RuntimesManifest runtimes) {
        return runtimes.kinds().stream().collect(Collectors.toMap(RuntimeKind::kind, RuntimeKind::image, (a, _) -> a));
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

    @Override
    public void close() {
        sandboxes.close();
        name.ifPresent(InstallationName::close);
    }
}
