package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
        "--param deploy undeploy --param-file f, project deploy --param deploy undeploy --param-file f",
        "-k k.pem -c c.pem -P p.json -t, project deploy --key k.pem --cert c.pem --param-file p.json --debug"
    })
    void wskdeployIsWskProjectWithItsOwnOptions(String line, String expected) {
        assertThat(ProgramNames.asWsk("wskdeploy", words(line))).isEqualTo(words(expected));
    }

    @Test
    void wskIsLeftAlone() {
        assertThat(ProgramNames.asWsk("wsk", List.of("action", "-d", "list"))).containsExactly("action", "-d", "list");
    }

    private static List<String> words(String line) {
        return line.isEmpty() ? List.of() : List.of(line.split(" "));
    }
}
