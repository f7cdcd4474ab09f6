package dev.whirl.controller.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.whirl.controller.Http;
import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.TestPlatform.Options;
import dev.whirl.controller.access.AccessConfig;
import dev.whirl.controller.access.Authenticator;
import dev.whirl.store.StoreException;
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// What callers are told when the store does not do its work.
class StoreFaultsTest {
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final HttpListener listener = new HttpListener(
            Options.STANDARD.withHttp(HttpConfig.DEFAULT).http(),
            new Router(
                    List.of(
                            Route.open("GET", "/full", _ -> {
                                throw new StoreException.Unavailable("no space left in /data");
                            }),
                            Route.open("GET", "/damaged", _ -> {
                                throw new StoreException.Corrupted("guest/a", "bad checksum", null);
                            })),
                    VanityHost.NONE),
            new Authenticator(new MemoryStores().subjects(), AccessConfig.DEFAULT, InstantSource.system()),
            new SimpleMeterRegistry());

    @BeforeEach
    void start() {
        listener.start();
        log.start();
        logger().setLevel(Level.WARN);
        logger().addAppender(log);
    }

    @AfterEach
    void stop() {
        logger().detachAppender(log);
        logger().setLevel(null);
        listener.stop(Duration.ZERO);
    }

    @Test
    @Tag("attack-44")
    void aStoreThatTakesNothingIsA503WithASentenceAndNoStackTrace() {
        Reply reply = new Http(listener.port(), "").get("/full");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.error())
                .isEqualTo("The server cannot reach its store or has no disk space left. Try again later.");
        assertThat(reply.headers()).containsKey("retry-after");
        assertThat(log.list)
                .allSatisfy(each -> assertThat(each.getThrowableProxy()).isNull());
    }

    @Test
    @Tag("R-16")
    @Tag("attack-44")
    void aDocumentThatCantBeReadIsA500ThatSaysSo() {
        Reply reply = new Http(listener.port(), "").get("/damaged");

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.error()).isEqualTo("Resource is corrupted and cannot be read.");
        assertThat(log.list)
                .anySatisfy(each -> assertThat(each.getKeyValuePairs())
                        .anySatisfy(
                                pair -> assertThat(String.valueOf(pair.value)).isEqualTo("guest/a")));
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("dev.whirl.controller");
    }
}
