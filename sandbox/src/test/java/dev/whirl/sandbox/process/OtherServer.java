package dev.whirl.sandbox.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// A Java process of its own that runs one of the tests' main classes.
final class OtherServer {
    private OtherServer() {}

    /// Starts it.
    ///
    /// @param prefix a command to run it with, maybe empty
    /// @param arguments of the main class
    static Process start(List<String> prefix, String classPath, String mainClass, String... arguments)
            throws IOException {
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                mainClass));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .directory(new File("/"))
                .start();
    }

    /// Reads lines until one begins so, which it gives. The process is killed if that takes too long.
    static String awaitLine(Process process, String beginning, Duration patience) throws Exception {
        return bounded(process, patience, () -> lineOf(process, beginning));
    }

    /// All that it prints until it ends. It is killed if that takes too long.
    static String output(Process process, Duration patience) throws Exception {
        return bounded(
                process, patience, () -> new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static String bounded(Process process, Duration patience, Callable<String> reading) throws Exception {
        var text = new FutureTask<>(reading);
        Thread.ofPlatform().daemon().start(text);
        try {
            return text.get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new IOException("it did not answer within " + patience, e);
        }
    }

    private static String lineOf(Process process, String beginning) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var seen = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
            seen.append(line).append('\n');
        }
        throw new IOException("it ended without that; it wrote:\n" + seen);
    }

    /// A copy of this process's class path that everybody can read.
    static String readableClassPath(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var copies = new ArrayList<Path>();
        for (String each : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path copy = folder.resolve(
                    Integer.toString(copies.size()) + "-" + Path.of(each).getFileName());
            if (Files.exists(Path.of(each))) {
                Files.walkFileTree(Path.of(each), new Copier(Path.of(each), copy));
                copies.add(copy);
            }
        }
        return copies.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static final class Copier extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;

        Copier(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            Path target = to.resolve(from.relativize(folder));
            Files.createDirectories(target);
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Path target = from.equals(file) ? to : to.resolve(from.relativize(file));
            Files.copy(file, target);
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
            return FileVisitResult.CONTINUE;
        }
    }
}
