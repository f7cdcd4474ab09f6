package dev.whirl.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.config.ConfigException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/// What is in the way of a start.
class StartAttemptTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void allThatIsInTheWayIsToldAtOnceAndWhatWasOpenedIsClosed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var attempt = new StartAttempt();

            attempt.open(() -> "a bus", closed::add);
            attempt.open(() -> refused(new ConfigException(List.of("no database", "no view"))), closed::add);
            attempt.open(() -> refused(new StartException("no sandboxes", null)), closed::add);
            attempt.expectFree("127.0.0.1", taken.getLocalPort());

            assertThatThrownBy(() -> attempt.finish(() -> Optional.of("another one")))
                    .asInstanceOf(InstanceOfAssertFactories.type(ConfigException.class))
                    .extracting(ConfigException::problems, InstanceOfAssertFactories.list(String.class))
                    .containsExactly(
                            "no database",
                            "no view",
                            "no sandboxes",
                            "can't listen on 127.0.0.1 port %d: it is in use, or this machine has no such address"
                                    .formatted(taken.getLocalPort()),
                            "another one");
        }
        assertThat(closed).containsExactly("a bus");
    }

    @Test
    void whereNothingIsInTheWayAllStaysOpen() {
        var attempt = new StartAttempt();

        StartAttempt.Opened<String> bus = attempt.open(() -> "a bus", closed::add);
        attempt.expectFree("127.0.0.1", 0);
        attempt.finish(() -> {
            throw new AssertionError("nobody needs to know");
        });

        assertThat(bus.get()).isEqualTo("a bus");
        assertThat(closed).isEmpty();
    }

    private static String refused(RuntimeException reason) {
        throw reason;
    }
}
