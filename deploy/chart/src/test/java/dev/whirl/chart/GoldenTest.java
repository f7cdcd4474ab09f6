package dev.whirl.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the presets become, to be read and compared. Renew it with `-Dwhirl.regenerate=true`.
class GoldenTest {
    private static final String QUICKSTART = "values-quickstart.yaml";
    private static final String KIND = "values-kind.yaml";

    /// The well-known key of the user guest.
    private static final String KNOWN = "23bc46b1-71f6-4ed5-8c54-816aa4f8c502";

    private static final Pattern BORDER = Pattern.compile("(?m)^---\n");
    /// The Job that gives users their keys has a name that says which.
    private static final Pattern MADE_NAME = Pattern.compile("(name: whirl-database-)[0-9a-f]{8}\\b");

    private static final Pattern LONG_VALUE = Pattern.compile("(?m)^( +[a-z.-]+: )\".{20,}\"$");
    private static final Pattern PEM = Pattern.compile("(?s)-----BEGIN [A-Z ]+-----.*?-----END [A-Z ]+-----");

    @ParameterizedTest
    @ValueSource(strings = {QUICKSTART, KIND, "values-production.yaml"})
    void presetsBecomeWhatIsStored(String preset) throws IOException {
        Path stored =
                Renderings.CHART.folder().resolve("src/test/resources/golden").resolve(preset.replace("values-", ""));
        String rendered = withoutRandom(Renderings.CHART.text(Optional.of(preset), Map.of()));
        if (Boolean.getBoolean("whirl.regenerate")) {
            Files.writeString(stored, rendered);
        }

        assertThat(stored).content().isEqualTo(rendered);
    }

    @Test
    void onlyTheQuickstartHasKeysThatEverybodyKnows() {
        assertThat(Renderings.CHART.text(Optional.of(QUICKSTART), Map.of())).contains(KNOWN);
        assertThat(Renderings.CHART.text(Optional.of(KIND), Map.of())).doesNotContain(KNOWN);
        assertThat(Renderings.CHART.text(Optional.empty(), Map.of())).doesNotContain(KNOWN);
    }

    @Test
    void whatIsMadeAtTheInstallationIsAnotherEachTime() {
        String once = Renderings.CHART.text(Optional.of(KIND), Map.of());
        String again = Renderings.CHART.text(Optional.of(KIND), Map.of());

        assertThat(once).isNotEqualTo(again);
        assertThat(withoutRandom(once)).isEqualTo(withoutRandom(again));
    }

    /// What is made anew each time is left out.
    private static String withoutRandom(String text) {
        String named = MADE_NAME.matcher(text).replaceAll("$1(by the keys)");
        return Arrays.stream(BORDER.split(named))
                .map(each -> each.contains("kind: Secret") && !each.contains(KNOWN) ? withoutValues(each) : each)
                .collect(Collectors.joining("---\n"));
    }

    private static String withoutValues(String secret) {
        String withoutPem = PEM.matcher(secret).replaceAll("(made at the installation)");
        return LONG_VALUE.matcher(withoutPem).replaceAll("$1(made at the installation)");
    }
}
