package dev.whirl.feeds.couch;

import static dev.whirl.feeds.Examples.NOON;
import static dev.whirl.feeds.Examples.fields;
import static dev.whirl.feeds.Examples.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.FeedReader;
import dev.whirl.feeds.feed.InvalidFeedException;
import dev.whirl.feeds.stream.Source.Batch;
import dev.whirl.feeds.stream.Source.Rest;
import dev.whirl.feeds.stream.SourceException;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The nodes of a cluster of CouchDB tell the same changes in different orders, and after one has failed some again.
/// The server here answers as they do, by what was asked for.
@Tag("F-13")
class ChangesOfAClusterTest {
    /// Changes behind a sequence.
    private final Map<String, String> answers = new HashMap<>();

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/orders", exchange -> {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            String since = query.replaceFirst(".*since=([^&]*).*", "$1");
            String answer = exchange.getRequestURI().getPath().endsWith("_changes")
                    ? "{'results':[%s],'last_seq':'%s'}".formatted(answers.getOrDefault(since, ""), since)
                    : "{'update_seq':'0'}";
            byte[] body = json(answer).toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void afterACrashTheChangeThatWasUnderWayIsMarkedAndNotWhicheverComesFirst() throws Exception {
        answers.put("0", change("a", "1") + "," + change("b", "2"));
        RawJson begin;
        RawJson underWay;
        try (ChangesSource source = open()) {
            begin = source.begin();
            underWay = read(source, begin, null).firing();
        }
        answers.put("0", change("b", "1x") + "," + change("a", "2x"));

        try (ChangesSource source = open()) {
            Batch first = read(source, begin, underWay);
            Batch second = read(source, first.mark(), first.firing());

            assertThat(id(first)).isEqualTo("b");
            assertThat(first.isRepeated()).isFalse();
            assertThat(source.reaches(first.mark(), first.firing())).isFalse();
            assertThat(id(second)).isEqualTo("a");
            assertThat(second.isRepeated()).isTrue();
            assertThat(source.reaches(second.mark(), second.firing())).isTrue();
        }
    }

    @Test
    void whatAnotherNodeTellsOnceMoreIsMarked() throws Exception {
        answers.put("0", change("a", "1") + "," + change("b", "2"));
        answers.put("2", change("b", "1x") + "," + change("c", "3x"));
        try (ChangesSource source = open()) {
            Batch first = read(source, source.begin(), null);
            Batch second = read(source, first.mark(), null);
            Batch again = read(source, second.mark(), null);
            Batch fresh = read(source, again.mark(), null);

            assertThat(id(again)).isEqualTo("b");
            assertThat(again.isRepeated()).isTrue();
            assertThat(id(fresh)).isEqualTo("c");
            assertThat(fresh.isRepeated()).isFalse();
        }
    }

    @Test
    void aChangeThatWasUnderWayIsMarkedThoughItComesMuchLater() throws Exception {
        answers.put("0", change("a", "1"));
        RawJson begin;
        RawJson underWay;
        try (ChangesSource source = open()) {
            begin = source.begin();
            underWay = read(source, begin, null).firing();
        }
        answers.clear(); // a node that has not heard of it

        try (ChangesSource source = open()) {
            assertThat(source.read(begin, underWay)).isEmpty();
            Rest rest = source.rest(begin, underWay);
            answers.put("0", change("a", "1x"));

            assertThat(rest.open()).isNull();
            assertThat(read(source, rest.mark(), null).isRepeated()).isTrue();
        }
    }

    private static String change(String id, String sequence) {
        return "{'id':'%s','seq':'%s','changes':[{'rev':'1-%s'}]}".formatted(id, sequence, id);
    }

    private ChangesSource open() throws InvalidFeedException {
        String parameters = "{'host':'http://127.0.0.1:%d','dbname':'orders'}"
                .formatted(server.getAddress().getPort());
        return new ChangesSource(
                (Feed.Changes) new FeedReader(true).feed(FeedKind.CHANGES, fields(parameters), NOON), 1024 * 1024);
    }

    private static Batch read(ChangesSource source, RawJson mark, @Nullable RawJson open)
            throws SourceException, InterruptedException {
        return source.read(mark, open).orElseThrow();
    }

    private static String id(Batch batch) {
        return batch.payload().field("id").flatMap(RawJson::asText).orElseThrow();
    }
}
