package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The scripts of `wsk completion` in the shells they are for, with a `wsk` that asks a server for names. Where a shell
/// is not installed only its script is looked at: the project's test command installs them.
@Tag("L-23")
final class ShellCompletionTest extends WskTest {
    private static final String ACTIONS =
            "[{\"namespace\":\"guest\",\"name\":\"hello\"},{\"namespace\":\"guest/utils\",\"name\":\"echo\"}]";

    /// Types each line and a tab into an interactive zsh, and writes down what stands in the line then.
    private static final String TYPE_INTO_ZSH = """
            zmodload zsh/zpty
            zpty shell 'zsh -f -i'
            zpty -w shell 'PS1= PS2=; fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D'
            zpty -w shell 'report() { print -r -- "$BUFFER|" >> buffers.txt; BUFFER= }; zle -N report; bindkey "^T" report'
            zpty -w shell 'print RE''ADY'
            zpty -r -m shell output '*READY*'
            for line in "$@"; do zpty -w -n shell "$line"$'\\t\\x14'; done
            zpty -w shell 'print -r -- end >> buffers.txt; exit'
            while zpty -r shell output; do :; done
            """;

    @BeforeEach
    void installWsk() throws IOException {
        String classes = System.getProperty("surefire.test.class.path", "");
        if (classes.isEmpty()) {
            classes = System.getProperty("java.class.path", "");
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path program = wsk.file("wsk", """
                #!/bin/sh
                HOME='%s' exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' dev.whirl.cli.Main "$@"
                """.formatted(folder, java, classes));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        wsk.file("hello.js", "x");
    }

    @Test
    void zshCompletesCommandsOptionsFilesAndNames() throws Exception {
        wsk.file("_wsk", wsk.run("completion", "zsh").out());
        if (!isInstalled("zsh")) {
            assertThat(folder.resolve("_wsk")).content().startsWith("#compdef wsk\n");
            return;
        }
        wsk.answer(200, ACTIONS)
                .answer(200, "[{\"namespace\":\"guest\",\"name\":\"placed\"}]")
                .answer(200, ACTIONS);

        run(
                "zsh",
                "-f",
                wsk.file("type.zsh", TYPE_INTO_ZSH).toString(),
                "wsk trig",
                "wsk -v trigger fi",
                "wsk action create hello --ki",
                "wsk action create hello --main x hel",
                "wsk action get --memo",
                "wsk completion fi",
                "wsk action invoke hel",
                "wsk rule create r pla");

        assertThat(folder.resolve("buffers.txt")).hasContent("""
                wsk trigger |
                wsk -v trigger fire |
                wsk action create hello --kind |
                wsk action create hello --main x hello.js |
                wsk action get --memo|
                wsk completion fish |
                wsk action invoke hello |
                wsk rule create r placed |
                end
                """);
    }

    @Test
    void fishCompletesCommandsOptionsFilesAndNames() throws Exception {
        wsk.file("wsk.fish", wsk.run("completion", "fish").out());
        if (!isInstalled("fish")) {
            assertThat(folder.resolve("wsk.fish")).content().startsWith("# Completion of wsk for fish\n");
            return;
        }
        wsk.answer(200, ACTIONS);

        String completed = run("fish", "--no-config", "-c", """
                source wsk.fish
                complete -C'wsk ac'
                complete -C'wsk -v trigger fi'
                complete -C'wsk action create hello --ki'
                complete -C'wsk action create x hello.'
                complete -C'wsk rule list --memo'
                complete -C'wsk completion fi'
                complete -C'wsk action invoke he'
                """);

        assertThat(completed.lines())
                .containsExactly(
                        "action\twork with actions: deploy, read and invoke them",
                        "activation\tlook at activations: what ran, its logs and results",
                        "fire\tfire a trigger",
                        "--kind\tthe runtime, such as nodejs:20 or python:default",
                        "hello.js",
                        "fish\tscript for fish",
                        "hello");
    }

    @Test
    void bashCompletesNamesToo() throws Exception {
        wsk.file("wsk.bash", wsk.run("completion", "bash").out());
        wsk.answer(200, ACTIONS);

        String completed = run("bash", "--norc", "-c", """
                source ./wsk.bash
                COMP_WORDS=(wsk action invoke ''); COMP_CWORD=3; _wsk wsk; echo "${COMPREPLY[@]}"
                COMP_WORDS=(wsk action invoke -P h); COMP_CWORD=4; _wsk wsk; echo "${COMPREPLY[@]}"
                """);

        assertThat(completed).isEqualTo("hello utils/echo\nhello.js\n");
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(String.valueOf(System.getenv("PATH")).split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private String run(String... words) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(List.of(words))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
        Process process = builder.start();
        boolean hasEnded = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        String output = Files.readString(folder.resolve("output"), StandardCharsets.UTF_8);
        assertThat(hasEnded).as(output).isTrue();
        return output;
    }
}
