package dev.whirl.sandbox.process.launch;

import dev.whirl.sandbox.RuntimeReadiness;
import dev.whirl.sandbox.process.launch.RuntimeDescription.InterpreterQuery;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/// The runtimes in the runtimes' home, with those that can be started on this machine. Looked up once.
public final class InstalledRuntimes {
    private final Map<String, InstalledRuntime> installed = new TreeMap<>();
    private final List<RuntimeReadiness> readiness = new ArrayList<>();

    private record Looked(RuntimeReadiness readiness, Optional<InstalledRuntime> runtime) {}

    private InstalledRuntimes() {}

    /// Looks through the folders of that home for descriptions, and for their interpreters on this machine.
    ///
    /// @param access makes the runtime's files readable for sandboxes
    public static InstalledRuntimes find(Path home, SandboxAccess access) throws IOException {
        return find(home, access, InterpreterSearch.ofThisMachine());
    }

    static InstalledRuntimes find(Path home, SandboxAccess access, InterpreterSearch search) throws IOException {
        var runtimes = new InstalledRuntimes();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Looked>> looks = folders(home).stream()
                    .map(folder -> CompletableFuture.supplyAsync(() -> look(folder, access, search), threads))
                    .toList();
            looks.stream().map(CompletableFuture::join).forEach(runtimes::add);
        }
        runtimes.readiness.sort(Comparator.comparing(RuntimeReadiness::runtime));
        return runtimes;
    }

    public List<RuntimeReadiness> readiness() {
        return List.copyOf(readiness);
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

    private static Looked look(Path folder, SandboxAccess access, InterpreterSearch search) {
        try {
            RuntimeDescription description = RuntimeDescription.read(folder);
            if (description.interpreter().isEmpty()) {
                return ready(description, Optional.empty(), access, "needs no interpreter");
            }
            InterpreterQuery query = description.interpreter().orElseThrow();
            return switch (search.find(query)) {
                case InterpreterSearch.Outcome.Missing(var reason) -> missing(description.kind(), reason);
                case InterpreterSearch.Outcome.Found(var path, var version) ->
                    access.canRead(path)
                            ? ready(description, Optional.of(path), access, "%s, %s".formatted(path, version))
                            : missing(
                                    description.kind(),
                                    "%s can't be read by other users: install it for all, for example below /usr"
                                            .formatted(path));
            };
        } catch (IOException e) {
            return missing(String.valueOf(folder.getFileName()), String.valueOf(e.getMessage()));
        }
    }

    private static Looked ready(
            RuntimeDescription description, Optional<Path> interpreter, SandboxAccess access, String explanation)
            throws IOException {
        Path readable = access.readable(description.folder());
        return new Looked(
                new RuntimeReadiness(description.kind(), true, explanation),
                Optional.of(new InstalledRuntime(description, interpreter, readable)));
    }

    private static Looked missing(String kind, String reason) {
        return new Looked(new RuntimeReadiness(kind, false, reason), Optional.empty());
    }
}
