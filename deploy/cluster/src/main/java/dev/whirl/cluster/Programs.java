package dev.whirl.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The programs of which a cluster is made.
///
/// @param java the program that runs Java
/// @param libraries folder with the broker's jars
/// @param database folder of the program that speaks CouchDB's protocol
/// @param whirl `bin/whirl` of a distribution
/// @param router nginx, if it is installed
/// @param redis Redis, if it is installed
record Programs(Path java, Path libraries, Path database, Path whirl, Optional<Path> router, Optional<Path> redis) {
    /// As the launcher tells it in system properties.
    static Programs ofThisInstallation() {
        return new Programs(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                property("whirl.cluster.libraries"),
                property("whirl.cluster.database"),
                property("whirl.home").resolve("bin").resolve("whirl"),
                Router.installed(),
                Redis.installed());
    }

    /// The first of these that is a program on this machine.
    static Optional<Path> firstOf(List<String> places) {
        return places.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }

    private static Path property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new ClusterException("%s is not set: start this with ./whirl cluster".formatted(name));
        }
        return Path.of(value);
    }
}
