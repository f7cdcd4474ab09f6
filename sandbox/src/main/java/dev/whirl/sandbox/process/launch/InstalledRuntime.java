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
/// @param shown what else a sandbox must show of this machine, at its own place
record InstalledRuntime(RuntimeDescription description, Optional<Path> interpreter, Path folder, List<Path> shown) {
    InstalledRuntime {
        shown = List.copyOf(shown);
    }

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

    private String filled(String word, String runtimeFolder, long memoryBytes) {
        return word.replace("{interpreter}", interpreter.map(Path::toString).orElse(""))
                .replace("{runtime}", runtimeFolder)
                .replace("{memoryBytes}", Long.toString(memoryBytes))
                .replace("{memoryMebibytes}", Long.toString(memoryBytes >> 20));
    }
}
