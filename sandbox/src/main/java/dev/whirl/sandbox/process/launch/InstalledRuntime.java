package dev.whirl.sandbox.process.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A runtime that can be started here.
///
/// @param programs the real paths of the programs that it needs, by their names in commands
/// @param folder the runtime's own files on this machine, readable by whom sandboxes run as
/// @param shown what else a sandbox must show of this machine, at its own place
record InstalledRuntime(RuntimeDescription description, Map<String, Path> programs, Path folder, List<Path> shown) {
    InstalledRuntime {
        programs = Map.copyOf(programs);
        shown = List.copyOf(shown);
    }

    private static final Pattern FILE = Pattern.compile("\\{file:([^}]+)}");

    /// The command with its words filled in. A word with a file of the runtime that is not there is left out.
    ///
    /// @param runtimeFolder where the runtime's files are for the process
    List<String> command(String runtimeFolder, long memoryBytes) {
        return description.command().stream()
                .filter(this::hasItsFile)
                .map(word -> filled(word, runtimeFolder, memoryBytes))
                .toList();
    }

    /// Whether a warm parent can fork its sandboxes.
    boolean forks() {
        return !description.parent().isEmpty();
    }

    /// The command of its warm parent.
    ///
    /// @param script the program that forks, for the process
    /// @param settings for that, as JSON
    List<String> parentCommand(String runtimeFolder, String script, String settings) {
        return description.parent().stream()
                .map(word -> filled(word, runtimeFolder, 0))
                .map(word -> word.replace("{parent}", script).replace("{settings}", settings))
                .toList();
    }

    Map<String, String> environment(String runtimeFolder, long memoryBytes) {
        return description.environment().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> filled(entry.getValue(), runtimeFolder, memoryBytes)));
    }

    private boolean hasItsFile(String word) {
        return FILE.matcher(word).results().allMatch(found -> Files.isRegularFile(folder.resolve(found.group(1))));
    }

    private String filled(String word, String runtimeFolder, long memoryBytes) {
        String filled = FILE.matcher(word)
                .replaceAll(found -> Matcher.quoteReplacement(runtimeFolder + "/" + found.group(1)))
                .replace("{runtime}", runtimeFolder)
                .replace("{memoryBytes}", Long.toString(memoryBytes))
                .replace("{memoryMebibytes}", Long.toString(memoryBytes >> 20));
        for (Map.Entry<String, Path> program : programs.entrySet()) {
            filled = filled.replace(
                    "{" + program.getKey() + "}", program.getValue().toString());
        }
        return filled;
    }
}
