package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.cli.command.Interrupts;
import dev.whirl.cli.command.Surroundings;
import dev.whirl.cli.command.Surroundings.Place;
import dev.whirl.cli.output.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProgramNamesTest {
    @ParameterizedTest
    @Tag("L-42")
    @CsvSource({
        "'', project deploy",
        "-p shop -m m.yaml -d d.yaml, project deploy --project shop --manifest m.yaml --deployment d.yaml",
        "undeploy -s -i, project undeploy --strict --preview",
        "-m sync export --projectname x, project export --manifest sync --projectname x",
        "--managed -n team -u a:b -v, project sync -n team -u a:b -v",
        "--managed --overwrite -i, project sync --overwrite --preview",
        "--param deploy undeploy --param-file f, project deploy --param deploy undeploy --param-file f",
        "-p=shop -mx.yaml, project deploy --project shop --manifest x.yaml",
        "-si -nteam, project deploy --strict --preview -n team",
        "-sip=shop undeploy, project undeploy --strict --preview --project shop",
        "-m=sync -vt, project deploy --manifest sync -v --debug",
        "-p -si -m -x, project deploy --project -si --manifest -x",
        "--param -si -mx -i, project deploy --param -si -mx --preview",
        "-k k.pem -c c.pem -P p.json -t, project deploy --key k.pem --cert c.pem --param-file p.json --debug"
    })
    void wskdeployIsWskProjectWithItsOwnOptions(String line, String expected) {
        assertThat(ProgramNames.asWsk("wskdeploy", words(line))).isEqualTo(words(expected));
    }

    @Test
    @Tag("L-42")
    void wskdeployTellsItsVersionAndItsOptions() {
        assertThat(ProgramNames.asWsk("wskdeploy", List.of("help", "sync")))
                .containsExactly("project", "sync", "--help");
        assertThat(ProgramNames.asksForHelp(List.of("--help"))).isTrue();
        assertThat(ProgramNames.asksForHelp(List.of("undeploy", "--help"))).isFalse();
        assertThat(ProgramNames.asksForHelp(List.of("-p", "help"))).isFalse();
        assertThat(ProgramNames.asksForHelp(List.of("-p", "sync", "--help"))).isTrue();
        assertThat(ProgramNames.asksForHelp(List.of("-psync", "-sh"))).isTrue();
        assertThat(ProgramNames.asksForVersion(List.of("-p", "version"))).isFalse();
        var bytes = new ByteArrayOutputStream();

        new DeployHelp(terminal(bytes)).print();

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .startsWith("Usage: wskdeploy [COMMAND] [OPTIONS]\n")
                .contains(
                        "  undeploy  ",
                        "  -m, --manifest=FILE  ",
                        "  -i, --preview  ",
                        "  -t, --debug  ",
                        "  --insecure  ",
                        "  -n, --namespace=",
                        "  -P, --param-file=",
                        "--managed");
    }

    @ParameterizedTest
    @Tag("L-42")
    @CsvSource(
            delimiter = '|',
            value = {
                "--version | 0 | wskdeploy (Whirl) not set | ''",
                "version | 0 | wskdeploy (Whirl) not set | ''",
                "-v version | 0 | wskdeploy (Whirl) not set | ''",
                "version --verbose | 0 | wskdeploy (Whirl) not set | ''",
                "-p shop --version | 0 | wskdeploy (Whirl) not set | ''",
                "bogus version | 1 | '' | unknown command \"bogus\" for \"wskdeploy\"",
                "deploy version | 1 | '' | unknown command \"version\" for \"wskdeploy\"",
                "bogus | 1 | '' | unknown command \"bogus\" for \"wskdeploy\"",
                "-p shop undeploi | 1 | '' | unknown command \"undeploi\" for \"wskdeploy\"; did you mean undeploy?",
                "deploy bogus | 1 | '' | unknown command \"bogus\" for \"wskdeploy\""
            })
    void wskdeployAnswersInItsOwnName(String line, int exitCode, String out, String error) {
        var written = new ByteArrayOutputStream();
        var told = new ByteArrayOutputStream();
        var place = new Place(InstantSource.system(), () -> ZoneOffset.UTC, Interrupts.NEVER);
        var surroundings =
                new Surroundings(Map.of(), Path.of(""), Path.of(""), terminal(written), terminal(told), place);

        assertThat(new DeployProgram(surroundings).run(words(line))).hasValue(exitCode);

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo(out.isEmpty() ? "" : out + "\n");
        assertThat(told.toString(StandardCharsets.UTF_8))
                .isEqualTo(error.isEmpty() ? "" : "error: " + error + "\nRun 'wskdeploy --help' for usage.\n");
        assertThat(new DeployProgram(surroundings).run(List.of("-p", "shop", "undeploy")))
                .isEmpty();
    }

    private static Terminal terminal(ByteArrayOutputStream bytes) {
        return new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, false);
    }

    @Test
    void wskIsLeftAlone() {
        assertThat(ProgramNames.asWsk("wsk", List.of("action", "-d", "list"))).containsExactly("action", "-d", "list");
    }

    private static List<String> words(String line) {
        return line.isEmpty() ? List.of() : List.of(line.split(" "));
    }
}
