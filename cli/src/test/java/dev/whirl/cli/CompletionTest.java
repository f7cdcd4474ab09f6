package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompletionTest extends WskTest {
    @ParameterizedTest
    @Tag("L-23")
    @CsvSource(
            delimiter = '|',
            value = {
                "wsk ac | action activation",
                "wsk -v trigger fi | fire",
                "wsk action create hello --ki | --kind",
                "wsk project sy | sync",
                "wsk rule list --na | --name-sort",
                "wsk completion --ver | --verbose",
                "wsk action create hello hel | hello.js"
            })
    void bashCompletesGroupsCommandsOptionsAndFiles(String line, String expected) throws Exception {
        wsk.file("hello.js", "x");
        wsk.file("wsk.bash", wsk.run("completion", "bash").out());

        String words = "COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))".formatted(line);
        assertThat(bash("source ./wsk.bash; " + words + "; _wsk; echo \"${COMPREPLY[@]}\""))
                .isEqualTo(expected);
    }

    @Test
    void thereIsNoScriptForOtherShells() {
        assertThat(wsk.run("completion", "cmd").exitCode()).isEqualTo(2);
        assertThat(wsk.run("completion", "bash", "zsh").exitCode()).isEqualTo(2);
    }

    private String bash(String commands) throws IOException, InterruptedException {
        var process = new ProcessBuilder("bash", "--norc", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }
}
