package dev.whirl.e2e.clients;

import dev.whirl.e2e.support.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Packages as a lock file pins them, installed below `e2e/target` when the lock file is new there.
public final class NpmPackages {
    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final List<String> INSTALL =
            List.of("npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund");

    private NpmPackages() {}

    /// Copies the files of a folder and installs what its lock file names.
    ///
    /// @param name of the folder below `e2e/target`
    public static synchronized Path installed(Path source, String name) {
        Path folder = Repository.root().resolve("e2e/target").resolve(name);
        Path lock = folder.resolveSibling(name + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            Files.createDirectories(folder);
            boolean isInstalled = isInstalled(source, folder);
            copyFiles(source, folder);
            if (!isInstalled) {
                new Script(folder, INSTALL, Map.of()).run(DEADLINE);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isInstalled(Path source, Path folder) throws IOException {
        Path lock = folder.resolve("package-lock.json");
        return Files.exists(folder.resolve("node_modules/.package-lock.json"))
                && Files.exists(lock)
                && Files.mismatch(lock, source.resolve("package-lock.json")) < 0;
    }

    private static void copyFiles(Path source, Path folder) throws IOException {
        try (Stream<Path> files = Files.list(source)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                Files.copy(each, folder.resolve(each.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
