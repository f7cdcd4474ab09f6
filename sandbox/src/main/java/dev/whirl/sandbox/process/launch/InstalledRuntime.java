package dev.whirl.sandbox.process.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A runtime that can be started here.
///
/// @param interpreter its real path; empty if the runtime's command needs none
/// @param folder the runtime's own files on this machine, readable by whom sandboxes run as
record InstalledRuntime(RuntimeDescription description, Optional<Path> interpreter, Path folder) {
    private static final Path SYSTEM = Path.of("/usr");

    /// The command with its words filled in.
    ///
    /// @param runtimeFolder where the runtime's files are for the process
    List<String> command(String runtimeFolder, long memoryBytes) {
        return description.command().stream()
                .map(word -> filled(word, runtimeFolder, memoryBytes))
                .toList();
    }

    Map<String, String> environment(String runtimeFolder, long memoryBytes) {
        return description.environment().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> filled(entry.getValue(), runtimeFolder, memoryBytes)));
    }

    /// The folder that the interpreter was installed to, if that is not part of the system.
    Optional<Path> foreignHome() {
        return interpreter.filter(path -> !path.startsWith(SYSTEM)).map(InstalledRuntime::home);
    }

    private static Path home(Path program) {
        Path folder = program.getParent() == null ? program : program.getParent();
        Path above = folder.getParent();
        return folder.endsWith("bin") && above != null ? above : folder;
    }

    private String filled(String word, String runtimeFolder, long memoryBytes) {
        return word.replace("{interpreter}", interpreter.map(Path::toString).orElse(""))
                .replace("{runtime}", runtimeFolder)
                .replace("{memoryBytes}", Long.toString(memoryBytes))
                .replace("{memoryMebibytes}", Long.toString(memoryBytes >> 20));
    }
}
