package dev.whirl.sandbox.process.launch;

import dev.whirl.sandbox.process.launch.RuntimeDescription.ProgramQuery;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Looks for the programs that run a language.
///
/// @param folders where to look, best first
/// @param javaHome of the Java that runs this server
record InterpreterSearch(List<Path> folders, Path javaHome) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// How interpreters tell where they are.
    private static final Map<String, List<String>> QUESTIONS = Map.of(
            "python3", List.of("-c", "import sys; print(sys.executable)"),
            "node", List.of("-p", "process.execPath"),
            "nodejs", List.of("-p", "process.execPath"));

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

    /// The best program that is new enough and that nothing speaks against.
    ///
    /// @param objection why a program can't be used here, if it can't
    Outcome find(ProgramQuery query, Function<Path, Optional<String>> objection) {
        String name = query.names().getFirst();
        String tooOld = "";
        Optional<String> refused = Optional.empty();
        var tried = new HashSet<Path>();
        for (Place place : places(query)) {
            Path candidate = behindShim(place);
            if (!tried.add(candidate)) {
                continue;
            }
            Optional<String> version =
                    said(candidate, query.versionArguments()).flatMap(text -> LanguageVersion.in(text, name));
            if (version.isEmpty()) {
                continue;
            }
            String found = version.get();
            Optional<String> against = objection.apply(candidate);
            boolean isNew = LanguageVersion.isAtLeast(found, query.minimumVersion());
            if (isNew && against.isEmpty()) {
                return new Outcome.Found(candidate, found);
            }
            refused = isNew ? refused.or(() -> against) : refused;
            tooOld = isNew ? tooOld : " (%s is %s)".formatted(candidate, found);
        }
        String absent = "%s %s or newer not found%s; ".formatted(name, query.minimumVersion(), tooOld);
        return new Outcome.Missing(refused.orElse(absent + query.advice().orElse(advice(name))));
    }

    private static String advice(String name) {
        return "install it with: apt-get install " + PACKAGES.getOrDefault(name, name);
    }

    /// A program, and the name it was looked for by.
    private record Place(Path program, String name) {}

    /// Programs that belong to the system come before those in somebody's home, such as the shims of version managers:
    /// to look behind one of those can take a second.
    private List<Place> places(ProgramQuery query) {
        var found = new LinkedHashMap<Path, Place>();
        for (String name : query.names()) {
            var places = new ArrayList<Path>();
            if (query.searchJavaHome()) {
                places.add(javaHome.resolve("bin"));
            }
            places.addAll(folders);
            places.forEach(place -> real(place.resolve(name))
                    .ifPresent(program -> found.putIfAbsent(program, new Place(program, name))));
        }
        return found.values().stream()
                .sorted(Comparator.comparing(place -> isInAHome(place.program())))
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

    /// A script that starts the program, as version managers have them, is of no use where that manager is not.
    private static Path behindShim(Place place) {
        Path program = place.program();
        List<String> question = QUESTIONS.get(place.name());
        if (question == null || !isScript(program)) {
            return program;
        }
        return said(program, question)
                .map(String::strip)
                .filter(answer -> answer.startsWith("/") && answer.lines().count() == 1)
                .flatMap(answer -> real(Path.of(answer)))
                .orElse(program);
    }

    private static boolean isScript(Path program) {
        try (var in = Files.newInputStream(program)) {
            return in.read() == '#' && in.read() == '!';
        } catch (IOException e) {
            return false;
        }
    }

    /// What a program says of its version; empty if it says nothing in time.
    static Optional<String> said(Path program, List<String> arguments) {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        return ProgramOutput.of(command, PATIENCE);
    }
}
