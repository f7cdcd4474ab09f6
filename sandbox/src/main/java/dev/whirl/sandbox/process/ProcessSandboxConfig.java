package dev.whirl.sandbox.process;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.process.launch.Isolation;
import dev.whirl.sandbox.process.launch.LaunchSettings;
import dev.whirl.sandbox.process.network.Network;
import dev.whirl.sandbox.process.network.NetworkSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/// How sandboxes are made of processes of this machine.
///
/// @param runtimes the folder with one folder per runtime
/// @param runFolder where sandboxes have their sockets and pipes
/// @param startTimeout how long a runtime may take until it is ready
/// @param compiledSize room for what runtimes made of source code
public record ProcessSandboxConfig(
        LaunchSettings launch, Path runtimes, Path runFolder, Duration startTimeout, ByteSize compiledSize) {
    private static final String PREFIX = "sandbox.process.";

    public static ProcessSandboxConfig read(ConfigReader reader) {
        var isolation = reader.choice(
                PREFIX + "isolation",
                Isolation.BUBBLEWRAP,
                "What stands between functions and this machine; none is for code that you trust as your own.");
        var launch = new LaunchSettings(
                isolation,
                NetworkSettings.read(reader),
                (int) reader.number(PREFIX + "pids", 256, 16, 32_768, "Processes and threads in one sandbox."),
                (int) reader.number(PREFIX + "open-files", 1_024, 64, 1_048_576, "Open files of one process."),
                reader.size(PREFIX + "tmp-size", ByteSize.mebibytes(128), "Room in /tmp; it counts as memory."),
                reader.flag(
                        PREFIX + "fork",
                        true,
                        "Start runtimes that can from a warm parent, which is faster; its forks share the layout of its memory."));
        var config = new ProcessSandboxConfig(
                launch,
                Path.of(reader.text(PREFIX + "runtimes", "runtimes", "Folder with one folder per runtime."))
                        .toAbsolutePath(),
                runFolder(reader),
                reader.duration(
                        PREFIX + "start-timeout", Duration.ofSeconds(30), "Time that a runtime has to get ready."),
                reader.size(
                        PREFIX + "compiled-size",
                        ByteSize.mebibytes(256),
                        "Room on disk, in run-dir, for what runtimes made of source code, so that each function is compiled once; 0 keeps nothing."));
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
        Network network = launch.network().kind();
        if (network != Network.HOST && launch.isolation() == Isolation.NONE) {
            String name = network.name().toLowerCase(Locale.ROOT);
            reader.problem(PREFIX + "network = " + name + " needs " + PREFIX + "isolation = bubblewrap");
        }
    }
}
