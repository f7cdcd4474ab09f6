package dev.whirl.feeds.couch;

import static dev.whirl.feeds.Examples.NOON;
import static dev.whirl.feeds.Examples.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.feeds.feed.AllowedHosts;
import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.FeedReader;
import dev.whirl.feeds.feed.InvalidFeedException;
import dev.whirl.feeds.stream.Source.Batch;
import dev.whirl.feeds.stream.SourceException;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.couchdb.CouchServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("F-13")
class ChangesSourceTest {
    private static final int MOST = 1024 * 1024;

    private static CouchServer server;
    private static int databases;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String database = "changes" + ++databases;

    @BeforeAll
    static void startServer() throws Exception {
        server = CouchServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void eachChangeAfterTheBeginningIsABatch() throws Exception {
        call("PUT", "", "");
        call("PUT", "/before", "{}");
        try (var source = new ChangesSource(feed(""), MOST)) {
            RawJson mark = source.begin();
            call("PUT", "/a", "{\"n\":1}");
            call("PUT", "/b", "{\"n\":2}");

            Batch first = next(source, mark);
            Batch second = next(source, first.mark());

            assertThat(first.payload().field("id")).contains(RawJson.string("a"));
            assertThat(first.payload().fields().keySet()).containsExactly("id", "seq", "changes");
            assertThat(first.payload()
                            .field("changes")
                            .orElseThrow()
                            .elements()
                            .getFirst()
                            .field("rev"))
                    .isPresent();
            assertThat(second.payload().field("id")).contains(RawJson.string("b"));
            assertThat(source.read(second.mark(), null)).isEmpty();
            assertThat(next(source, first.mark()).payload()).as("read again").isEqualTo(second.payload());
        }
    }

    @Test
    void aFilterLeavesOutWhatItDoesNotWant() throws Exception {
        call("PUT", "", "");
        call(
                "PUT",
                "/_design/only",
                "{\"filters\":{\"big\":\"function (doc, req) { return doc.n > Number(req.query.than); }\"}}");
        try (var source = new ChangesSource(feed(",'filter':'only/big','query_params':{'than':10}"), MOST)) {
            RawJson mark = source.begin();
            call("PUT", "/a", "{\"n\":1}");
            call("PUT", "/b", "{\"n\":20}");

            assertThat(next(source, mark).payload().field("id")).contains(RawJson.string("b"));
        }
    }

    @Test
    void whatAFilterLeftOutNeedNotBeReadAgain() throws Exception {
        call("PUT", "", "");
        call("PUT", "/_design/none", "{\"filters\":{\"big\":\"function (doc) { return doc.n > 10; }\"}}");
        RawJson mark;
        RawJson passed;
        try (var source = new ChangesSource(feed(",'filter':'none/big'"), MOST)) {
            mark = source.begin();
            call("PUT", "/a", "{\"n\":1}");
            assertThat(source.read(mark, null)).isEmpty();
            passed = source.rest(mark, null).mark();
        }
        call("PUT", "/b", "{\"n\":20}");

        assertThat(passed).isNotEqualTo(mark);
        try (var source = new ChangesSource(feed(",'filter':'none/big'"), MOST)) {
            assertThat(source.rest(mark, null).mark()).isEqualTo(mark);
            assertThat(next(source, passed).payload().field("id")).contains(RawJson.string("b"));
        }
    }

    @Test
    void aDocumentThatIsTooLargeIsLeftOutAndThoseAroundItAreNot() throws Exception {
        call("PUT", "", "");
        try (var source = new ChangesSource(feed(",'query_params':{'include_docs':true}"), MOST)) {
            RawJson mark = source.begin();
            call("PUT", "/a", "{\"n\":1}");
            call("PUT", "/b", "{\"text\":\"%s\"}".formatted("x".repeat(2 * MOST)));
            call("PUT", "/c", "{\"n\":3}");

            Batch first = next(source, mark);
            Batch second = next(source, first.mark());
            Batch third = next(source, second.mark());

            assertThat(first.payload().field("doc").orElseThrow().field("n")).contains(RawJson.number(1));
            assertThat(second.payload().field("id")).contains(RawJson.string("b"));
            assertThat(second.payload().field("doc")).contains(RawJson.NULL);
            assertThat(second.payload().field("tooLargeBytes")).contains(RawJson.number(MOST));
            assertThat(third.payload().field("doc").orElseThrow().field("n")).contains(RawJson.number(3));
        }
    }

    @Test
    void whatCanNotBeReadIsToldBeforeAFeedIsMade() throws Exception {
        Feed.Changes missing = feed("");
        assertThatThrownBy(() -> ChangesSource.check(missing, AllowedHosts.ALL))
                .hasMessageContaining("There is no database '%s'".formatted(database));
        Feed.Changes wrong =
                read("{'host':'%s','dbname':'d','username':'whisk','password':'wrong'}".formatted(server.url()));
        assertThatThrownBy(() -> ChangesSource.check(wrong, AllowedHosts.ALL))
                .hasMessageContaining("refuses user or password")
                .hasMessageNotContaining("wrong");
        Feed.Changes nobody = read("{'host':'http://127.0.0.1:1','dbname':'d'}");
        assertThatThrownBy(() -> ChangesSource.check(nobody, AllowedHosts.ALL)).hasMessageContaining("does not answer");
        assertThatThrownBy(() -> ChangesSource.check(nobody, AllowedHosts.parse("db.example.com")))
                .isInstanceOfSatisfying(
                        InvalidFeedException.class, e -> assertThat(e.status()).isEqualTo(403));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {'host':'h'}                                     | changes trigger feed is missing the dbname parameter
                    {'dbname':'d'}                                   | changes trigger feed is missing the host parameter
                    {'host':'h','dbname':'../x'}                     | '../x' is no name of a database
                    {'host':'http://u:p@h','dbname':'d'}             | the host parameter must be a host, or http://host:port; user and password are parameters of their own
                    {'host':'h','dbname':'d','username':'u'}         | username and password belong together: one of them is missing
                    {'host':'h','dbname':'d','query_params':{'since':0}} | query_params must not have 'since': the feed reads changes in its own way
                    {'host':'h','dbname':'d','query_params':{'descending':true}} | query_params must not have 'descending': the feed reads changes in its own way
                    {'host':'h','dbname':'d','query_params':{'attachments':true}} | query_params must not have 'attachments': the feed reads changes in its own way
                    """)
    void whatIsWrongIsTold(String parameters, String sentence) {
        assertThatThrownBy(() -> read(parameters)).hasMessage(sentence);
    }

    private Feed.Changes feed(String more) throws InvalidFeedException {
        return read("{'host':'%s','dbname':'%s','username':'whisk','password':'some-secret'%s}"
                .formatted(server.url(), database, more));
    }

    private static Feed.Changes read(String parameters) throws InvalidFeedException {
        return (Feed.Changes) new FeedReader(true).feed(FeedKind.CHANGES, fields(parameters), NOON);
    }

    private static Batch next(ChangesSource source, RawJson mark) throws SourceException, InterruptedException {
        for (int i = 0; i < 20; i++) {
            Optional<Batch> batch = source.read(mark, null);
            if (batch.isPresent()) {
                return batch.get();
            }
        }
        throw new AssertionError("nothing comes");
    }

    private void call(String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/" + database + path))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                "whisk:some-secret".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        int status = client.send(request, BodyHandlers.ofString()).statusCode();
        assertThat(status).isBetween(200, 299);
    }
}
