package dev.whirl.runtime.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Runs the suite with interpreters that are not those of this machine: `-Dwhirl.contract.nodejs=/opt/node-18/bin/node`
/// names the program for the runtime in the folder `nodejs`.
final class OtherInterpreters {
    private static final String PREFIX = "whirl.contract.";
    private static final String DESCRIPTION = "runtime.json";
    private static final String INTERPRETER_NAMES = "\"names\"\\s*:\\s*\\[[^]]*]";

    private OtherInterpreters() {}

    /// The runtimes' folder itself, or a copy where the descriptions of those runtimes name those programs.
    static Path apply(Path runtimes) throws IOException {
        Map<String, String> programs = programs();
        if (programs.isEmpty()) {
            return runtimes;
        }
        Path copy = Files.createTempDirectory("whirl-contract-");
        try (Stream<Path> folders = Files.list(runtimes)) {
            for (Path folder : folders.filter(Files::isDirectory).toList()) {
                String name = folder.getFileName().toString();
                if (programs.containsKey(name)) {
                    copyFiles(folder, Files.createDirectory(copy.resolve(name)));
                    name(copy.resolve(name).resolve(DESCRIPTION), programs.get(name));
                } else {
                    Files.createSymbolicLink(copy.resolve(name), folder);
                }
            }
        }
        return copy;
    }

    private static Map<String, String> programs() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(key -> key.startsWith(PREFIX))
                .collect(Collectors.toMap(
                        key -> key.substring(PREFIX.length()),
                        key -> Objects.requireNonNull(System.getProperty(key)),
                        (first, _) -> first,
                        TreeMap::new));
    }

    private static void copyFiles(Path folder, Path target) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
    }

    private static void name(Path description, String program) throws IOException {
        String names = "\"names\": [\"%s\"]".formatted(program);
        List<String> lines = Files.readAllLines(description).stream()
                .map(line -> line.replaceFirst(INTERPRETER_NAMES, names))
                .toList();
        Files.write(description, lines);
    }
}
