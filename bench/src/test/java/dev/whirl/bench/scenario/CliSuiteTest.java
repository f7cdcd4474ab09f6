package dev.whirl.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.bench.http.Endpoint;
import dev.whirl.bench.report.Figure;
import dev.whirl.bench.report.Round;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliSuiteTest {
    private static final Target TARGET = new Target(Endpoint.parse("localhost:1"), "uuid:key", null, true);

    @TempDir
    Path folder;

    @Test
    void givesOneFigureForEachCommandAndRepetition() throws IOException, InterruptedException {
        String command = script("[ \"$WHISK_APIHOST $WHISK_AUTH\" = 'http://" + TARGET.endpoint() + " uuid:key' ]");

        List<Round> rounds = new CliSuite(command, 1, 2, _ -> {}).run(TARGET);

        assertThat(rounds)
                .hasSize(2)
                .allSatisfy(round ->
                        assertThat(round.all()).extracting(Figure::name).containsExactly("version-ms", "list-ms"));
        assertThat(rounds.getFirst().all())
                .allSatisfy(figure -> assertThat(figure.value()).isPositive());
    }

    @Test
    void measuresNoCommandThatFails() throws IOException {
        String command = script("[ $1 != list ]");

        assertThatThrownBy(() -> new CliSuite(command, 1, 1, _ -> {}).run(TARGET))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("list");
    }

    private String script(String line) throws IOException {
        Path file = Files.writeString(folder.resolve("wsk"), "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }
}
