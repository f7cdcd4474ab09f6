package dev.whirl.sandbox.process.launch;

import dev.whirl.sandbox.RuntimeReadiness;
import dev.whirl.sandbox.process.launch.InterpreterSearch.Outcome.Found;
import dev.whirl.sandbox.process.launch.InterpreterSearch.Outcome.Missing;
import dev.whirl.sandbox.process.launch.RuntimeDescription.NeededFile;
import dev.whirl.sandbox.process.launch.RuntimeDescription.ProgramQuery;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/// The runtimes in the runtimes' home, with those that can be started on this machine. Looked up once.
public final class InstalledRuntimes {
    private static final String SHARED = "shared";

    private final Map<String, InstalledRuntime> installed = new TreeMap<>();
    private final List<RuntimeReadiness> readiness = new ArrayList<>();
    private Optional<Path> shared = Optional.empty();

    private record Looked(RuntimeReadiness readiness, Optional<InstalledRuntime> runtime) {}

    private InstalledRuntimes() {}

    /// Looks through the folders of that home for descriptions, and for their interpreters on this machine.
    ///
    /// @param access makes the runtime's files readable for sandboxes
    /// @param secret what no sandbox may show
    static InstalledRuntimes find(Path home, SandboxAccess access, PrivateFolders secret) throws IOException {
        return find(home, new Surroundings(access, secret, InterpreterSearch.ofThisMachine()));
    }

    /// What a runtime is looked at with.
    record Surroundings(SandboxAccess access, PrivateFolders secret, InterpreterSearch search) {
        /// Why a program can't be used in a sandbox; empty if it can.
        Optional<String> objection(Path program, List<String> parts) {
            if (!access.canRead(program)) {
                return Optional.of("%s can't be read by other users: install it for all, for example below /usr"
                        .formatted(program));
            }
            return InterpreterFolders.objection(program, parts, secret);
        }
    }

    static InstalledRuntimes find(Path home, Surroundings surroundings) throws IOException {
        var runtimes = new InstalledRuntimes();
        Path shared = home.resolve(SHARED);
        runtimes.shared = Files.isDirectory(shared)
                ? Optional.of(surroundings.access().readable(shared.toRealPath()))
                : Optional.empty();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Looked>> looks = folders(home).stream()
                    .map(folder -> CompletableFuture.supplyAsync(() -> look(folder, surroundings), threads))
                    .toList();
            looks.stream().map(CompletableFuture::join).forEach(runtimes::add);
        }
        runtimes.readiness.sort(Comparator.comparing(RuntimeReadiness::runtime));
        return runtimes;
    }

    public List<RuntimeReadiness> readiness() {
        return List.copyOf(readiness);
    }

    /// The folder beside the runtimes' own that holds what several of them use.
    Optional<Path> shared() {
        return shared;
    }

    /// A runtime that can be started, by its kind.
    Optional<InstalledRuntime> byKind(String kind) {
        return Optional.ofNullable(installed.get(kind));
    }

    /// Why that kind can't be started.
    String whyNot(String kind) {
        return readiness.stream()
                .filter(each -> each.runtime().equals(kind))
                .map(RuntimeReadiness::explanation)
                .findFirst()
                .orElse("the runtimes' home has no such runtime");
    }

    private void add(Looked looked) {
        readiness.add(looked.readiness());
        looked.runtime().ifPresent(found -> installed.put(looked.readiness().runtime(), found));
    }

    private static List<Path> folders(Path home) throws IOException {
        var folders = new ArrayList<Path>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(home)) {
            for (Path each : all) {
                if (Files.isRegularFile(each.resolve(RuntimeDescription.FILE_NAME))) {
                    folders.add(each.toRealPath());
                }
            }
        }
        return folders;
    }

    private static Looked look(Path folder, Surroundings surroundings) {
        try {
            return look(RuntimeDescription.read(folder), surroundings);
        } catch (IOException e) {
            return missing(String.valueOf(folder.getFileName()), String.valueOf(e.getMessage()));
        }
    }

    private static Looked look(RuntimeDescription description, Surroundings surroundings) throws IOException {
        var programs = new LinkedHashMap<String, Found>();
        for (Map.Entry<String, ProgramQuery> each : description.programs().entrySet()) {
            ProgramQuery query = each.getValue();
            switch (surroundings.search().find(query, program -> surroundings.objection(program, query.parts()))) {
                case Missing(var reason) -> {
                    return missing(description.kind(), reason);
                }
                case Found found -> programs.put(each.getKey(), found);
            }
        }
        for (NeededFile each : description.files()) {
            Optional<String> problem = problem(description, each, programs);
            if (problem.isPresent()) {
                return missing(description.kind(), "%s; %s".formatted(problem.get(), each.advice()));
            }
        }
        return ready(description, programs, surroundings);
    }

    private static Optional<String> problem(
            RuntimeDescription description, NeededFile file, Map<String, Found> programs) throws IOException {
        Path path = description.folder().resolve(file.path());
        if (!Files.isRegularFile(path)) {
            return Optional.of("%s is not there".formatted(file.path()));
        }
        Found maker = file.madeWith().map(programs::get).orElse(null);
        if (maker == null) {
            return Optional.empty();
        }
        ProgramQuery query = Objects.requireNonNull(
                description.programs().get(file.madeWith().get()));
        String said = InterpreterSearch.said(maker.path(), query.versionArguments())
                .orElse("")
                .strip();
        String made = Files.readString(path).strip();
        return made.equals(said)
                ? Optional.empty()
                : Optional.of("%s was made with '%s', and %s is '%s'".formatted(file.path(), made, maker.path(), said));
    }

    private static Looked ready(
            RuntimeDescription description, SequencedMap<String, Found> programs, Surroundings surroundings)
            throws IOException {
        var shown = new LinkedHashSet<Path>();
        programs.forEach((name, found) -> {
            List<String> parts =
                    Objects.requireNonNull(description.programs().get(name)).parts();
            shown.addAll(InterpreterFolders.needed(found.path(), parts, surroundings.secret()));
        });
        for (String each : description.hostPaths()) {
            Path path = Path.of(each).normalize();
            Optional<String> objection = surroundings.secret().objection(path);
            if (objection.isPresent()) {
                return missing(description.kind(), "%s can't be shown: %s".formatted(path, objection.get()));
            }
            shown.add(path);
        }
        Path readable = surroundings.access().readable(description.folder());
        var paths = new TreeMap<String, Path>();
        programs.forEach((name, found) -> paths.put(name, found.path()));
        return new Looked(
                new RuntimeReadiness(description.kind(), true, explanation(programs)),
                Optional.of(new InstalledRuntime(description, paths, readable, List.copyOf(shown))));
    }

    /// Where the language is, and in which version.
    private static String explanation(SequencedMap<String, Found> programs) {
        return programs.isEmpty()
                ? "needs no interpreter"
                : "%s, %s"
                        .formatted(
                                programs.firstEntry().getValue().path(),
                                programs.firstEntry().getValue().version());
    }

    private static Looked missing(String kind, String reason) {
        return new Looked(new RuntimeReadiness(kind, false, reason), Optional.empty());
    }
}
