package dev.whirl.sandbox.docker;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.docker.engine.EngineSettings;
import dev.whirl.sandbox.docker.engine.RegistryCredentials;
import dev.whirl.sandbox.docker.network.ContainerNetwork;
import dev.whirl.sandbox.image.ImageSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How sandboxes are made of containers.
///
/// @param registries images of users are pulled from these; empty means from any
/// @param images by kind, in place of those of the manifest
/// @param imagesSize most that images take of the engine's disk that were pulled for users; zero for no bound
/// @param pullsRuntimes whether a runtime's image that is not here is pulled when it is needed
public record DockerSandboxConfig(
        EngineSettings engine,
        Limits limits,
        Access access,
        RegistryCredentials credentials,
        Set<String> registries,
        Map<String, String> images,
        ByteSize imagesSize,
        boolean pullsRuntimes,
        String runtime,
        Duration startTimeout) {
    private static final String PREFIX = "sandbox.docker.";

    /// @param nanoCpus zero for no bound
    public record Limits(
            long nanoCpus,
            long processes,
            long openFiles,
            ByteSize tmpSize,
            Optional<ByteSize> disk,
            List<String> kept) {}

    /// @param denied networks that a filtered one does not reach
    /// @param apiHost address of the API; empty: this machine as containers see it
    public record Access(ContainerNetwork kind, List<String> denied, String apiHost) {}

    public DockerSandboxConfig {
        registries = Set.copyOf(registries);
        images = Map.copyOf(images);
    }

    public static DockerSandboxConfig read(ConfigReader reader) {
        RegistryCredentials credentials = credentials(reader);
        return new DockerSandboxConfig(
                engine(reader),
                limits(reader),
                access(reader),
                credentials,
                ImageSettings.registries(
                        reader,
                        PREFIX,
                        "Registries that users' images are pulled from, besides those with credentials; * means any.",
                        credentials.registries()),
                ImageSettings.images(reader, PREFIX),
                reader.size(
                        PREFIX + "images-size",
                        ByteSize.mebibytes(20 * 1_024),
                        "Most that images of users take of the engine's disk that were pulled for them; those used longest"
                                + " ago are removed. 0: no bound."),
                reader.flag(
                        PREFIX + "pull-runtimes", true, "Pull the image of a runtime if the engine does not have it."),
                reader.text(
                        PREFIX + "runtime",
                        "",
                        "What the engine runs containers with, such as runsc (gVisor); none named means its default."),
                reader.duration(
                        PREFIX + "start-timeout", Duration.ofSeconds(30), "Time that a container has to get ready."));
    }

    private static EngineSettings engine(ConfigReader reader) {
        return new EngineSettings(
                Path.of(reader.text(PREFIX + "socket", "/var/run/docker.sock", "The Docker engine's socket.")),
                (int) reader.number(PREFIX + "operations", 10, 1, 1_000, "Most operations of the engine at a time."),
                (int) reader.number(PREFIX + "pulls", 3, 1, 100, "Most images that are pulled at a time."),
                reader.flag(
                        PREFIX + "publish-ports",
                        !System.getProperty("os.name").equals("Linux"),
                        "Reach containers through this machine's loopback, as Docker Desktop needs it."));
    }

    private static Limits limits(ConfigReader reader) {
        long millicpus = reader.number(
                PREFIX + "millicpus",
                0,
                0,
                1_000_000,
                "Most of the processors for a container, in 1/1000; 0: no bound.");
        ByteSize disk = reader.size(
                PREFIX + "disk",
                ByteSize.ZERO,
                "Most that a container writes to its disk, where the engine's storage can bound it; 0: no bound.");
        return new Limits(
                millicpus * 1_000_000,
                reader.number(PREFIX + "pids", 1_024, 16, 32_768, "Processes and threads in one container."),
                reader.number(PREFIX + "open-files", 1_024, 64, 1_048_576, "Open files of one process."),
                reader.size(
                        PREFIX + "tmp-size",
                        ByteSize.mebibytes(128),
                        "Room in /tmp of images that bear a read-only root, and in each volume that an image declares; it"
                                + " counts as memory."),
                disk.bytes() == 0 ? Optional.empty() : Optional.of(disk),
                ImageSettings.words(reader.text(
                        PREFIX + "capabilities", "", "Capabilities that containers keep; all others are dropped.")));
    }

    private static Access access(ConfigReader reader) {
        return new Access(
                reader.choice(
                        PREFIX + "network",
                        ContainerNetwork.FILTERED,
                        "What functions can reach: the API and the outside, whatever the engine's machine can, or"
                                + " nothing."),
                ImageSettings.words(reader.text(
                        PREFIX + "network-deny",
                        "10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12, 192.0.0.0/24, 192.168.0.0/16, 198.18.0.0/15",
                        "Networks that functions can't reach with network=filtered, besides metadata addresses, which"
                                + " they never can.")),
                reader.text(
                        PREFIX + "api-host",
                        "",
                        "Address of this platform's API that functions find in __OW_API_HOST; none named means this"
                                + " machine as containers see it."));
    }

    private static RegistryCredentials credentials(ConfigReader reader) {
        String file = reader.text(
                PREFIX + "credentials",
                "",
                "File with users and passwords of registries, in the form of Docker's config.json.");
        if (file.isEmpty()) {
            return RegistryCredentials.NONE;
        }
        try {
            return RegistryCredentials.read(Path.of(file));
        } catch (IOException e) {
            reader.problem(PREFIX + "credentials: " + e.getMessage());
            return RegistryCredentials.NONE;
        }
    }
}
