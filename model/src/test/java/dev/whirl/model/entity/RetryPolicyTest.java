package dev.whirl.model.entity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final NamespaceName GUEST = new NamespaceName("guest");

    @Test
    void pausesDoubleUpToAnHour() {
        var policy = new RetryPolicy(10, Duration.ofMinutes(4), null);

        assertThat(IntStream.rangeClosed(2, 10)
                        .mapToLong(n -> policy.pauseBefore(n).toMinutes()))
                .containsExactly(4L, 8L, 16L, 32L, 60L, 60L, 60L, 60L, 60L);
    }

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        RawJson json = RawJson.parse("{\"attempts\":3,\"backoff\":\"500ms\",\"deadLetter\":\"/_/t\"}");

        RetryPolicy policy = RetryPolicy.parse(json);

        assertThat(policy).isEqualTo(new RetryPolicy(3, Duration.ofMillis(500), "/_/t"));
        assertThat(policy.toJson()).isEqualTo(json);
        assertThat(RetryPolicy.parse(RawJson.parse("{\"attempts\":1}")))
                .isEqualTo(new RetryPolicy(1, Duration.ofSeconds(1), null));
    }

    @Test
    void deadLettersAreForTheirCallersOwnTriggersOnly() {
        EntityId trigger = EntityId.of(GUEST, new EntityName("t"));

        assertThat(new RetryPolicy(2, Duration.ZERO, "/_/t").deadLetterOf(GUEST))
                .contains(trigger);
        assertThat(new RetryPolicy(2, Duration.ZERO, "/guest/t").deadLetterOf(GUEST))
                .contains(trigger);
        assertThat(new RetryPolicy(2, Duration.ZERO, "/other/t").deadLetterOf(GUEST))
                .isEmpty();
        assertThat(new RetryPolicy(2, Duration.ZERO, null).deadLetterOf(GUEST)).isEmpty();
    }

    @Test
    void anActionWithNonsenseIsJustNotTriedAgain() {
        assertThat(RetryPolicy.of(Annotations.NONE.with("retry", RawJson.TRUE))).isEmpty();
        assertThat(RetryPolicy.of(Annotations.NONE)).isEmpty();
    }
}
