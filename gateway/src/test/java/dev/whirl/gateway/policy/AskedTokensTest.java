package dev.whirl.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.gateway.document.Security.TokenProvider;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("G-4")
class AskedTokensTest {
    private static final TokenProvider GITHUB = new TokenProvider.Asked("https://api.github.example/user", Set.of(401));
    private static final TokenProvider OTHER = new TokenProvider.Asked("https://graph.example/me", Set.of(400, 401));

    private static final int BUSY = -1;

    private final AtomicLong nanos = new AtomicLong(-7);
    private final AtomicInteger asked = new AtomicInteger();
    private int status = 200;
    private final Tokens tokens = new Tokens((_, _, _) -> answer(), InstantSource.system(), nanos::get);

    private Outside.Reply answer() throws IOException {
        asked.incrementAndGet();
        if (status == 0) {
            throw new Outside.AwayException("no route to host", null);
        }
        if (status == BUSY) {
            throw new IOException("too many calls are under way");
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
    void aProviderThatCanNotBeReachedIsLeftAloneForAMoment() {
        status = 0;
        assertThat(tokens.check("a", GITHUB)).isInstanceOf(Tokens.Verdict.Unknown.class);
        status = 200;
        assertThat(tokens.check("b", GITHUB)).isInstanceOf(Tokens.Verdict.Unknown.class);
        assertThat(asked).hasValue(1);
        pass(Duration.ofSeconds(2));
        assertThat(tokens.check("b", GITHUB)).isInstanceOf(Tokens.Verdict.Good.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {BUSY, 302, 400, 403, 404, 429, 500, 503})
    void whatSaysNothingOfATokenIsAnAnswerToThatQuestionOnly(int answer) {
        status = answer;
        assertThat(tokens.check("a", GITHUB)).isInstanceOf(Tokens.Verdict.Unknown.class);
        status = 200;
        assertThat(tokens.check("b", GITHUB)).isInstanceOf(Tokens.Verdict.Good.class);
        assertThat(tokens.check("a", GITHUB)).isInstanceOf(Tokens.Verdict.Good.class);
    }

    @Test
    void whichAnswerMeansABadTokenDependsOnTheProvider() {
        status = 400;
        assertThat(tokens.check("a", OTHER)).isInstanceOf(Tokens.Verdict.Bad.class);
        assertThat(tokens.check("a", GITHUB)).isInstanceOf(Tokens.Verdict.Unknown.class);
    }

    @Test
    void manyWithOneTokenAreOneQuestion() throws Exception {
        var goOn = new CountDownLatch(1);
        var slow = new Tokens(
                (_, _, _) -> {
                    asked.incrementAndGet();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    return new Outside.Reply(200, "");
                },
                InstantSource.system(),
                nanos::get);
        var threads = new ArrayList<Thread>();
        var verdicts = new ConcurrentLinkedQueue<Tokens.Verdict>();
        for (int i = 0; i < 50; i++) {
            threads.add(Thread.ofPlatform().start(() -> verdicts.add(slow.check("same", GITHUB))));
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> threads.stream().allMatch(AskedTokensTest::isWaiting));
        goOn.countDown();
        for (Thread each : threads) {
            each.join();
        }

        assertThat(asked).hasValue(1);
        assertThat(verdicts).hasSize(50).containsOnly(new Tokens.Verdict.Good());
    }

    private static boolean isWaiting(Thread thread) {
        return switch (thread.getState()) {
            case WAITING, TIMED_WAITING -> true;
            default -> false;
        };
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
