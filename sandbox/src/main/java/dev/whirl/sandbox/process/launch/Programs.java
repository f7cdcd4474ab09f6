package dev.whirl.sandbox.process.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the programs of the system are. Never looked for in `PATH`, which a caller could have changed.
final class Programs {
    private static final List<String> FOLDERS = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin");

    private Programs() {}

    static Optional<Path> find(String name) {
        Stream<Path> places = FOLDERS.stream().map(folder -> Path.of(folder, name));
        return places.filter(Files::isExecutable).findFirst();
    }
}
