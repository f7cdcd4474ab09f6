package dev.whirl.server;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.sandbox.docker.DockerSandboxConfig;
import dev.whirl.sandbox.kubernetes.KubernetesSandboxConfig;
import dev.whirl.sandbox.process.ProcessSandboxConfig;

/// Where functions run, and how it is done there.
record SandboxConfig(
        Backend backend, ProcessSandboxConfig process, DockerSandboxConfig docker, KubernetesSandboxConfig kubernetes) {
    /// What sandboxes are made of.
    enum Backend {
        /// Processes; containers where those can't be had and a Docker engine answers.
        AUTO,
        PROCESS,
        DOCKER,
        KUBERNETES
    }

    /// @param standard what is taken if nothing is said
    static SandboxConfig read(ConfigReader reader, Backend standard) {
        return new SandboxConfig(
                reader.choice(
                        "sandbox.backend",
                        standard,
                        "What functions run in: processes of this machine, containers of a Docker engine, whichever of"
                                + " these can be had, or pods of a Kubernetes cluster."),
                ProcessSandboxConfig.read(reader),
                DockerSandboxConfig.read(reader),
                KubernetesSandboxConfig.read(reader));
    }
}
