package dev.whirl.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.gateway.document.Security.TokenProvider;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G-4")
class AskedTokensTest {
    private static final TokenProvider GITHUB = new TokenProvider.Asked("https://api.github.example/user");
    private static final TokenProvider OTHER = new TokenProvider.Asked("https://graph.example/me");

    private final AtomicLong nanos = new AtomicLong(-7);
    private final AtomicInteger asked = new AtomicInteger();
    private int status = 200;
    private final Tokens tokens = new Tokens((_, _, _) -> answer(), InstantSource.system(), nanos::get);

    private Outside.Reply answer() throws IOException {
        asked.incrementAndGet();
        if (status == 0) {
            throw new IOException("no route to host");
        }
        return new Outside.Reply(status, "");
    }

    @Test
    void whateverTokensAreSentAProviderIsAskedTwentyTimesASecondAtMost() {
        assertThat(tokens.check("mine", GITHUB)).isInstanceOf(Tokens.Verdict.Good.class);
        status = 401;
        for (int i = 0; i < 100; i++) {
            tokens.check("guess" + i, GITHUB);
        }

        assertThat(asked).hasValue(20);
        assertThat(tokens.check("guess101", GITHUB)).isInstanceOf(Tokens.Verdict.Unknown.class);
        assertThat(tokens.check("guess101", OTHER)).isInstanceOf(Tokens.Verdict.Bad.class);
        assertThat(tokens.check("mine", GITHUB)).isInstanceOf(Tokens.Verdict.Good.class);

        pass(Duration.ofMillis(50));
        assertThat(tokens.check("guess101", GITHUB)).isInstanceOf(Tokens.Verdict.Bad.class);
        assertThat(tokens.check("guess102", GITHUB)).isInstanceOf(Tokens.Verdict.Unknown.class);
    }

    @Test
    void whatWasSaidOfABadTokenIsForgottenSooner() {
        assertThat(tokens.check("good", GITHUB)).isInstanceOf(Tokens.Verdict.Good.class);
        status = 401;
        assertThat(tokens.check("new", GITHUB)).isInstanceOf(Tokens.Verdict.Bad.class);
        status = 200;
        pass(Duration.ofSeconds(9));
        assertThat(tokens.check("new", GITHUB)).isInstanceOf(Tokens.Verdict.Bad.class);
        pass(Duration.ofSeconds(2));
        assertThat(tokens.check("new", GITHUB)).isInstanceOf(Tokens.Verdict.Good.class);
        assertThat(tokens.check("good", GITHUB)).isInstanceOf(Tokens.Verdict.Good.class);
        assertThat(asked).hasValue(3);

        status = 401;
        pass(Duration.ofSeconds(50));
        assertThat(tokens.check("good", GITHUB)).isInstanceOf(Tokens.Verdict.Bad.class);
    }

    @Test
    void aProviderThatDoesNotAnswerIsLeftAloneForAMoment() {
        for (int failing : new int[] {0, 503, 429}) {
            asked.set(0);
            status = failing;
            assertThat(tokens.check("a" + failing, GITHUB)).isInstanceOf(Tokens.Verdict.Unknown.class);
            status = 200;
            assertThat(tokens.check("b" + failing, GITHUB)).isInstanceOf(Tokens.Verdict.Unknown.class);
            assertThat(asked).hasValue(1);
            pass(Duration.ofSeconds(2));
            assertThat(tokens.check("b" + failing, GITHUB)).isInstanceOf(Tokens.Verdict.Good.class);
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
