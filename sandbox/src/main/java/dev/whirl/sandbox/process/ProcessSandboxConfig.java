package dev.whirl.sandbox.process;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.process.launch.Isolation;
import dev.whirl.sandbox.process.launch.LaunchSettings;
import dev.whirl.sandbox.process.launch.Network;
import java.nio.file.Path;
import java.time.Duration;

/// How sandboxes are made of processes of this machine.
///
/// @param runtimes the folder with one folder per runtime
/// @param runFolder where sandboxes have their sockets and pipes
/// @param startTimeout how long a runtime may take until it is ready
public record ProcessSandboxConfig(LaunchSettings launch, Path runtimes, Path runFolder, Duration startTimeout) {
    private static final String PREFIX = "sandbox.process.";

    public static ProcessSandboxConfig read(ConfigReader reader) {
        var isolation = reader.choice(
                PREFIX + "isolation",
                Isolation.BUBBLEWRAP,
                "What stands between functions and this machine; none is for code that you trust as your own.");
        var network = reader.choice(
                PREFIX + "network",
                Network.HOST,
                "What functions can reach: what this machine can, nothing, or (not available yet) only the outside.");
        var launch = new LaunchSettings(
                isolation,
                network,
                (int) reader.number(PREFIX + "pids", 256, 16, 32_768, "Processes and threads in one sandbox."),
                (int) reader.number(PREFIX + "open-files", 1_024, 64, 1_048_576, "Open files of one process."),
                reader.size(PREFIX + "tmp-size", ByteSize.mebibytes(128), "Room in /tmp; it counts as memory."),
                reader.text(
                        PREFIX + "api-host",
                        "http://localhost:3233",
                        "Address of this platform's API that functions find in __OW_API_HOST."));
        var config = new ProcessSandboxConfig(
                launch,
                Path.of(reader.text(PREFIX + "runtimes", "runtimes", "Folder with one folder per runtime."))
                        .toAbsolutePath(),
                runFolder(reader),
                reader.duration(
                        PREFIX + "start-timeout", Duration.ofSeconds(30), "Time that a runtime has to get ready."));
        config.check(reader);
        return config;
    }

    private static Path runFolder(ConfigReader reader) {
        String folder = reader.text(
                PREFIX + "run-dir",
                "",
                "Folder for the sockets and pipes of running sandboxes; none named means one below the temporary folder.");
        Path standard = Path.of(System.getProperty("java.io.tmpdir"), "whirl-" + System.getProperty("user.name"));
        return (folder.isEmpty() ? standard : Path.of(folder)).toAbsolutePath();
    }

    private void check(ConfigReader reader) {
        if (launch.network() == Network.FILTERED) {
            reader.problem(PREFIX + "network = filtered is not available yet: choose none, or host, which lets "
                    + "functions reach what this machine can reach");
        }
        if (launch.network() == Network.NONE && launch.isolation() == Isolation.NONE) {
            reader.problem(PREFIX + "network = none needs " + PREFIX + "isolation = bubblewrap");
        }
    }
}
