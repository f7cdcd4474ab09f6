package dev.whirl.sandbox.process.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whirl.sandbox.process.launch.RuntimeDescription.InterpreterQuery;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks for the program that runs a language.
///
/// @param folders where to look, best first
/// @param javaHome of the Java that runs this server
record InterpreterSearch(List<Path> folders, Path javaHome) {
    private static final Pattern VERSION = Pattern.compile("\\d+(?:\\.\\d+)*");
    private static final long VERSION_WAIT_SECONDS = 10;
    private static final int MAX_VERSION_BYTES = 4_096;
    private static final Map<String, String> PACKAGES =
            Map.of("node", "nodejs", "nodejs", "nodejs", "python3", "python3", "java", "openjdk-25-jre-headless");

    /// What came out.
    sealed interface Outcome {
        record Found(Path path, String version) implements Outcome {}

        /// @param reason a sentence for the user, with what to do
        record Missing(String reason) implements Outcome {}
    }

    InterpreterSearch {
        folders = List.copyOf(folders);
    }

    /// The usual places of a system, then those of `PATH`.
    static InterpreterSearch ofThisMachine() {
        var folders = new LinkedHashSet<>(List.of(Path.of("/usr/bin"), Path.of("/usr/local/bin"), Path.of("/bin")));
        String path = System.getenv("PATH");
        if (path != null) {
            Arrays.stream(path.split(File.pathSeparator))
                    .filter(each -> each.startsWith("/"))
                    .map(Path::of)
                    .forEach(folders::add);
        }
        return new InterpreterSearch(List.copyOf(folders), Path.of(System.getProperty("java.home")));
    }

    Outcome find(InterpreterQuery query) {
        String tooOld = "";
        for (Path candidate : candidates(query)) {
            Optional<String> version = version(candidate, query.versionArguments());
            if (version.filter(found -> isAtLeast(found, query.minimumVersion()))
                    .isPresent()) {
                return new Outcome.Found(candidate, version.orElseThrow());
            }
            tooOld = version.map(found -> " (%s is %s)".formatted(candidate, found))
                    .orElse(tooOld);
        }
        String name = query.names().getFirst();
        return new Outcome.Missing("%s %s or newer not found%s; install it with: apt-get install %s"
                .formatted(name, query.minimumVersion(), tooOld, PACKAGES.getOrDefault(name, name)));
    }

    static boolean isAtLeast(String version, String minimum) {
        int[] have = numbers(version);
        int[] need = numbers(minimum);
        for (int i = 0; i < need.length; i++) {
            int mine = i < have.length ? have[i] : 0;
            if (mine != need[i]) {
                return mine > need[i];
            }
        }
        return true;
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    /// Programs that belong to the system come before those in somebody's home, such as the shims of version managers.
    private List<Path> candidates(InterpreterQuery query) {
        var found = new LinkedHashSet<Path>();
        for (String name : query.names()) {
            var places = new ArrayList<Path>();
            if (query.searchJavaHome()) {
                places.add(javaHome.resolve("bin"));
            }
            places.addAll(folders);
            places.forEach(place -> real(place.resolve(name)).ifPresent(found::add));
        }
        return found.stream()
                .sorted(Comparator.comparing(InterpreterSearch::isInAHome))
                .toList();
    }

    private static Optional<Path> real(Path program) {
        try {
            return Files.isExecutable(program) ? Optional.of(program.toRealPath()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isInAHome(Path path) {
        return path.startsWith("/home") || path.startsWith("/root");
    }

    private static Optional<String> version(Path program, List<String> arguments) {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readNBytes(MAX_VERSION_BYTES), UTF_8);
            if (!process.waitFor(VERSION_WAIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Matcher matcher = VERSION.matcher(text);
            return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
