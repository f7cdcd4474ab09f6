package dev.whirl.sandbox.process.launch;

import dev.whirl.model.json.JsonWriter;
import dev.whirl.sandbox.process.network.Network;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a [WarmParent] is started: its programs, which are part of this server, and its command line.
///
/// The chain is sh (opens what the parent needs) → `users.py` (only for root: makes the user namespace with the numbers
/// of all sandboxes) → bubblewrap (makes the file system) → interpreter with `parent.py`.
final class Forking {
    private static final List<String> PROGRAMS = List.of("parent.py", "box.py", "kernel.py", "users.py");
    private static final String SCRIPT = "exec 7</proc 8<\"$1\" 9<\"$2\" || exit 125; shift 2; exec \"$@\"";

    private final LaunchSettings settings;
    private final Path programs;
    private final Path runFolder;
    private final UserIds users;

    private Forking(LaunchSettings settings, Path programs, Path runFolder, UserIds users) {
        this.settings = settings;
        this.programs = programs;
        this.runFolder = runFolder;
        this.users = users;
    }

    /// Copies the programs to where sandboxes can read them.
    ///
    /// @param shared a folder that all sandboxes can read, in the run folder
    static Forking create(LaunchSettings settings, Path shared, UserIds users) throws IOException {
        Path folder = Files.createDirectory(shared.resolve("parent"));
        for (String name : PROGRAMS) {
            try (InputStream program = Forking.class.getResourceAsStream("parent/" + name)) {
                if (program == null) {
                    throw new IllegalStateException(name + " is missing in this build");
                }
                Path file = folder.resolve(name);
                Files.copy(program, file);
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            }
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Forking(settings, folder, runFolderOf(shared), users);
    }

    private static Path runFolderOf(Path shared) {
        Path parent = shared.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(shared + " is in no folder");
        }
        return parent;
    }

    /// The command line of a parent.
    ///
    /// @param readOnly what its sandboxes see, but for their sockets
    /// @param boundsProcesses whether nothing else bounds the number of processes of a sandbox
    List<String> command(
            InstalledRuntime runtime,
            Bubblewrap box,
            Path filter,
            Map<Path, String> readOnly,
            boolean boundsProcesses) {
        var words = new ArrayList<>(
                List.of("/bin/sh", "-c", SCRIPT, "whirl-parent", runFolder.toString(), filter.toString()));
        Path program = runtime.programs().get("interpreter");
        if (program == null) {
            throw new IllegalStateException("nothing to fork");
        }
        String interpreter = program.toString();
        if (users.isAvailable()) {
            words.addAll(List.of(
                    interpreter, "-I", "-S", "-B", programs.resolve("users.py").toString()));
            words.addAll(List.of(Integer.toString(users.sample()), Integer.toString(UserIds.count())));
        }
        var shown = new LinkedHashMap<>(readOnly);
        shown.put(programs, Bubblewrap.PARENT_FOLDER);
        var view = new Bubblewrap.Box(
                settings.network().kind(), settings.tmpSize(), shown, runtime.shown(), Map.of("LANG", "C.UTF-8"));
        words.addAll(box.parentCommand(view, users.isAvailable()));
        words.addAll(runtime.parentCommand(
                Bubblewrap.RUNTIME_FOLDER, Bubblewrap.PARENT_FOLDER + "/parent.py", parameters(boundsProcesses)));
        return words;
    }

    private String parameters(boolean boundsProcesses) {
        return new JsonWriter()
                .startObject()
                .field("ownNetwork", settings.network().kind() == Network.NONE)
                .field("temporaryBytes", settings.tmpSize().bytes())
                .field("sharedMemoryBytes", Bubblewrap.SHARED_MEMORY.bytes())
                .field("openFiles", settings.openFiles(!boundsProcesses))
                .field("processes", boundsProcesses && ProcessLimit.isPerNamespace() ? settings.maxProcesses() : 0)
                .endObject()
                .toRawJson()
                .toString();
    }
}
