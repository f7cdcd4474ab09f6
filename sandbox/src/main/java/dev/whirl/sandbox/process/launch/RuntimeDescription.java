package dev.whirl.sandbox.process.launch;

import static dev.whirl.common.Preconditions.require;

import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// How to start a runtime, from the `runtime.json` in its folder.
///
/// @param kind as the manifest names it, such as `nodejs:20`
/// @param programs what must be on this machine, by the word that stands for it in commands: the
///     language's own tools, then `interpreter`
/// @param files what must be in the folder
/// @param command with `{runtime}`, `{memoryBytes}`, `{memoryMebibytes}` and the names of programs in
///     braces to be filled in, and `{file:path}` for a file in the runtime's folder; a word whose file
///     is not there is left out
/// @param environment more variables, with the same words to be filled in
/// @param parent a command that keeps the launcher loaded and forks sandboxes; empty if the language
///     can't. With `{parent}` and `{settings}` to be filled in, too
/// @param hostPaths more files and folders to show, read-only, if they are there
public record RuntimeDescription(
        String kind,
        Path folder,
        SequencedMap<String, ProgramQuery> programs,
        List<NeededFile> files,
        List<String> command,
        List<String> parent,
        Map<String, String> environment,
        List<String> hostPaths) {
    public static final String FILE_NAME = "runtime.json";

    private static final String INTERPRETER = "interpreter";

    /// What program to look for.
    ///
    /// @param names the first that is there is taken
    /// @param versionArguments make it print its version
    /// @param minimumVersion such as `18` or `3.9`
    /// @param searchJavaHome whether to look first in the Java that runs this server
    /// @param advice what to do where it is missing; empty if a package is to be installed that is
    ///     known here, or is called as the program
    /// @param parts files and folders beside the program's `bin`, or beside the program, that it reads
    ///     too when it runs
    public record ProgramQuery(
            List<String> names,
            List<String> versionArguments,
            String minimumVersion,
            boolean searchJavaHome,
            Optional<String> advice,
            List<String> parts) {
        public ProgramQuery {
            names = List.copyOf(names);
            versionArguments = List.copyOf(versionArguments);
            parts = List.copyOf(parts);
            require(!names.isEmpty(), "a program needs names");
        }
    }

    /// A file that is made when this project is built, where that can be done.
    ///
    /// @param path in the runtime's folder
    /// @param madeWith of which program it holds what that says of its version, since it is of no use
    ///     to another one; empty if it is of use to any
    /// @param advice what to do where it is missing
    public record NeededFile(String path, Optional<String> madeWith, String advice) {}

    public RuntimeDescription {
        programs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(programs));
        files = List.copyOf(files);
        command = List.copyOf(command);
        parent = List.copyOf(parent);
        environment = Map.copyOf(environment);
        hostPaths = List.copyOf(hostPaths);
        require(!kind.isEmpty(), "a runtime needs a kind");
        require(!command.isEmpty(), "the runtime %s needs a command", kind);
    }

    /// Reads the description in that folder.
    ///
    /// @throws IOException with a sentence that names the file, if it is not there or not as it must be
    static RuntimeDescription read(Path folder) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        try {
            RawJson json = RawJson.parse(Files.readAllBytes(file));
            return new RuntimeDescription(
                    text(json, "kind").orElse(""),
                    folder,
                    programs(json),
                    files(json),
                    texts(json, "command"),
                    texts(json, "parent"),
                    environment(json),
                    texts(json, "hostPaths"));
        } catch (MalformedJsonException | IllegalArgumentException e) {
            throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /// The tools first: they are what tells the version of the language.
    private static SequencedMap<String, ProgramQuery> programs(RawJson json) {
        var programs = new LinkedHashMap<String, ProgramQuery>();
        json.field("tools").ifPresent(tools -> tools.fields().forEach((name, tool) -> programs.put(name, query(tool))));
        json.field(INTERPRETER).ifPresent(interpreter -> programs.put(INTERPRETER, query(interpreter)));
        return programs;
    }

    private static ProgramQuery query(RawJson json) {
        return new ProgramQuery(
                texts(json, "names"),
                texts(json, "versionArguments"),
                text(json, "minimumVersion").orElse("0"),
                json.field("searchJavaHome").flatMap(RawJson::asBoolean).orElse(false),
                text(json, "advice"),
                texts(json, "parts"));
    }

    private static List<NeededFile> files(RawJson json) {
        return json.field("files").orElse(RawJson.EMPTY_ARRAY).elements().stream()
                .map(each -> new NeededFile(
                        text(each, "path").orElse(""),
                        text(each, "madeWith"),
                        text(each, "advice").orElse("")))
                .toList();
    }

    private static Map<String, String> environment(RawJson json) {
        var variables = new LinkedHashMap<String, String>();
        json.field("environment")
                .ifPresent(object -> object.fields()
                        .forEach((name, value) ->
                                variables.put(name, value.asText().orElse(value.toString()))));
        return variables;
    }

    private static Optional<String> text(RawJson json, String field) {
        return json.field(field).flatMap(RawJson::asText);
    }

    private static List<String> texts(RawJson json, String field) {
        return json.field(field)
                .map(array -> array.elements().stream()
                        .map(each -> each.asText().orElse(each.toString()))
                        .toList())
                .orElse(List.of());
    }
}
