package dev.whirl.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.server.Flags.Wish;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagsTest {
    private final Options options = new Options();

    @Test
    void valuesStandBehindTheirFlagOrBehindAnEqualsSign() {
        assertThat(read("--port", "8080", "--set=http.host=::1", "--set", "catalog.install=no", "--log-level=debug"))
                .isEqualTo(new Wish.Start());

        var reader = options.reader(Map.of());
        assertThat(reader.text("http.port", "", "")).isEqualTo("8080");
        assertThat(reader.text("http.host", "", "")).isEqualTo("::1");
        assertThat(reader.text("catalog.install", "", "")).isEqualTo("no");
        assertThat(options.logLevel).isEqualTo(LogLevel.DEBUG);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--prot 80 | there is no option '--prot'",
                "somewhere | 'somewhere' is one word too many",
                "--port | --port needs a value: --port N",
                "--port 1 --port 2 | --port is given twice",
                "--port eighty | --port takes a number from 0 to 65535, not 'eighty'",
                "--port 99999 | --port takes a number from 0 to 65535, not '99999'",
                "--port 65536 | --port takes a number from 0 to 65535, not '65536'",
                "--tls-self-signed=yes | --tls-self-signed takes no value",
                "--log-level loud | --log-level takes one of trace, debug, info, warn, error, not 'loud'"
            })
    void whatIsWrongIsSaidInOneSentenceAndChangesNothing(String words, String sentence) {
        assertThat(read(words.split(" "))).isEqualTo(new Wish.Wrong(sentence));
        assertThat(options.data).isNull();
    }

    @Test
    void helpNamesEachFlagOnceAndNoLineIsTooLong() {
        assertThat(read("--port", "1", "--help")).isEqualTo(new Wish.Help());
        String help = options.flags().help();
        for (Flags.Flag each : options.flags().all()) {
            assertThat(help).contains("      " + each.name());
        }
        assertThat(help.lines()).allMatch(line -> line.length() <= 100).anyMatch("Examples:"::equals);
    }

    private Wish read(String... words) {
        return options.flags().read(List.of(words));
    }
}
