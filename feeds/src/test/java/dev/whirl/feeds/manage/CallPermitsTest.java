package dev.whirl.feeds.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.feeds.feed.InvalidFeedException;
import dev.whirl.feeds.manage.CallPermits.Permit;
import dev.whirl.model.entity.NamespaceName;
import org.junit.jupiter.api.Test;

class CallPermitsTest {
    private static final NamespaceName ONE = new NamespaceName("one");
    private static final NamespaceName OTHER = new NamespaceName("other");

    private final CallPermits permits = new CallPermits(3, 2);

    @Test
    void aNamespaceThatHasAllOfItsOwnDoesNotKeepOthersFromTheirs() throws Exception {
        try (Permit _ = permits.take(ONE);
                Permit _ = permits.take(ONE)) {
            requireNoneFor(ONE);
            try (Permit _ = permits.take(OTHER)) {
                requireNoneFor(OTHER);
            }
        }
        try (Permit _ = permits.take(ONE)) {
            permits.take(ONE).close();
        }
    }

    private void requireNoneFor(NamespaceName namespace) {
        assertThatThrownBy(() -> permits.take(namespace))
                .isInstanceOfSatisfying(
                        InvalidFeedException.class, e -> assertThat(e.status()).isEqualTo(429));
    }
}
