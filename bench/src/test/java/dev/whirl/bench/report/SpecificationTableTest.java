package dev.whirl.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpecificationTableTest {
    private static final Path SPECIFICATION = Path.of("..", "SPECIFICATION.md");

    @Test
    void theSpecificationHoldsTheTableOfThePromisesThatAreChecked() throws IOException {
        String text = Files.readString(SPECIFICATION);
        int begin = text.indexOf(SpecificationTable.BEGIN) + SpecificationTable.BEGIN.length();
        int end = text.indexOf(SpecificationTable.END);
        assertThat(end).as("the marks of the table").isGreaterThan(begin);
        Promises promises = Promises.ofSpecification();
        String table = "\n\n" + SpecificationTable.of(promises) + "\n" + SpecificationTable.reasons(promises);
        if (Boolean.getBoolean("whirl.regenerate")) {
            Files.writeString(SPECIFICATION, text.substring(0, begin) + table + text.substring(end));
        }

        assertThat(Files.readString(SPECIFICATION))
                .as("renew it as its first line says")
                .contains(SpecificationTable.BEGIN + table + SpecificationTable.END);
    }

    @Test
    void entriesOfOneScenarioShareARowAndAnAimHasItsReason() {
        var promises = new Promises(List.of(
                new Promise("an echo", "warm/echo@1/p50-ms", "p50", 0.35, null, "ms", null, null),
                new Promise("an echo", "warm/echo@1/per-second", "", null, 6000.0, "/s", 9000.0, "The disk is slow.")));

        assertThat(SpecificationTable.of(promises)).endsWith("| an echo | p50 ≤ 0.35 ms; ≥ 6,000 /s | warm |\n");
        assertThat(SpecificationTable.reasons(promises))
                .isEqualTo("- an echo, : the aim is ≥ 9,000 /s. The disk is slow.\n");
    }

    @Test
    void aPromiseHasOneBoundAndAnAimOnlyWithItsReason() {
        assertThatThrownBy(() -> new Promise("x", "warm/a", "p50", null, null, "", null, null))
                .hasMessageContaining("either");
        assertThatThrownBy(() -> new Promise("x", "warm/a", "p50", 1.0, null, "", 0.5, null))
                .hasMessageContaining("reason");
    }
}
