package dev.whirl.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProgramTest {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static List<String> shell(String script) {
        return List.of("sh", "-c", script);
    }

    @Test
    void whatItComplainsOfIsKeptApartFromWhatItSays() throws Exception {
        var command = shell("echo a warning >&2; echo ' the id '; exit 3");

        assertThat(Program.run(command, LONGEST)).contains(new Program.End(3, "the id", "a warning"));
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void oneThatTakesTooLongIsEnded() throws Exception {
        assertThat(Program.run(shell("exec sleep 60"), Duration.ofMillis(200))).isEmpty();
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void whatItLeavesRunningIsNotWaitedFor() throws Exception {
        Program.End end = Program.run(shell("sleep 60 & echo $!"), LONGEST).orElseThrow();

        ProcessHandle left = ProcessHandle.of(Long.parseLong(end.said())).orElseThrow();
        assertThat(left.destroy()).isTrue();
    }

    @Test
    void oneThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Program.run(List.of("no-such-program"), LONGEST))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-program");
    }
}
