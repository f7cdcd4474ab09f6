package dev.whirl.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.whirl.cli.command.CliException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("L-22")
final class FindingsTest {
    private final Findings findings = new Findings();

    @Test
    void theExitCodeDoesNotTellHowMuchWasFound() {
        findings.add(CliException.general("one"));
        assertThat(found().exitCode()).isEqualTo(2);

        findings.add(CliException.general("two"));
        assertThat(found().exitCode()).isEqualTo(2);
    }

    @Test
    void aKeyThatIsNotTakenIsToldByTheExitCodeIfItIsAll() {
        findings.add(CliException.ofStatus(401, "the key"));
        assertThat(found().exitCode()).isEqualTo(145);

        findings.add("another thing");
        assertThat(found().exitCode()).isEqualTo(2);
    }

    @Test
    void whatElseThereIsToKnowOfAFindingIsToldBelowIt() {
        findings.add(CliException.general("one").withHint("do this"));
        findings.add("two");

        assertThat(found().hints()).containsExactly("  one", "    do this", "  two", "Nothing was changed.");
    }

    private CliException found() {
        return catchThrowableOfType(CliException.class, findings::end);
    }
}
