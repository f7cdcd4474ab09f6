package dev.whirl.sandbox.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.sandbox.CollectedLogs.Stream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OutputBudgetTest {
    private static final byte[] LINE = "0123456789".getBytes(StandardCharsets.UTF_8);

    private final OutputBudget budget = new OutputBudget(25);

    @Test
    @Tag("attack-22")
    void whatAllLogsTogetherMayHoldIsBounded() {
        ActivationLog first = log();
        ActivationLog second = log();
        print(first, 2);
        print(second, 1);

        assertThat(first.toLogs(true).isTruncated()).isFalse();
        assertThat(second.toLogs(true).isTruncated()).isTrue();
        assertThat(second.toLogs(true).lines()).isEmpty();
    }

    @Test
    void whatIsCollectedMakesRoomForOthersOnce() {
        ActivationLog first = log();
        print(first, 2);
        first.forgotten();
        first.forgotten();
        ActivationLog second = log();
        print(second, 3);

        assertThat(second.toLogs(true).lines()).hasSize(2);
        assertThat(second.toLogs(true).isTruncated()).isTrue();
    }

    private ActivationLog log() {
        return new ActivationLog(ActivationId.random(), 1_000, budget);
    }

    private static void print(ActivationLog log, int lines) {
        for (int i = 0; i < lines; i++) {
            log.append(Stream.STDOUT, i, LINE, 0, LINE.length);
        }
    }
}
