package dev.whirl.feeds.files;

import static dev.whirl.feeds.Examples.NOON;
import static dev.whirl.feeds.Examples.fields;
import static dev.whirl.feeds.Examples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.whirl.common.time.ManualClock;
import dev.whirl.feeds.feed.AllowedFolders;
import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.Feed.Login;
import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.FeedReader;
import dev.whirl.feeds.feed.InvalidFeedException;
import dev.whirl.feeds.stream.Source.Batch;
import dev.whirl.feeds.stream.SourceException;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilesSourceTest {
    private static final Login LOGIN = new Login("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock(NOON);

    @Test
    void filesThatAppearOrChangeAreEventsInTheOrderOfTheirTimes() throws Exception {
        write("old", -100);
        FilesSource source = source();
        RawJson begin = source.begin();
        assertThat(source.read(begin, null)).isEmpty();
        write("b", 2);
        write("a", 3);
        write("b", 4);
        Files.createDirectory(folder.resolve("subfolder"));
        clock.advance(Duration.ofSeconds(10));

        Batch batch = source.read(begin, null).orElseThrow();

        assertThat(names(batch)).containsExactly("a", "b");
        assertThat(source.read(batch.mark(), null)).isEmpty();
        write("old", 8);
        assertThat(names(source.read(batch.mark(), null).orElseThrow())).containsExactly("old");
    }

    @Test
    void aFileThatIsALittleOlderThanOneThatWasSeenIsFoundAllTheSame() throws Exception {
        FilesSource source = source();
        RawJson begin = source.begin();
        clock.advance(Duration.ofSeconds(100));
        write("late", 90);
        Batch first = source.read(begin, null).orElseThrow();
        write("early", 60);

        Batch second = source.read(first.mark(), null).orElseThrow();

        assertThat(names(second)).containsExactly("early");
        assertThat(source.read(second.mark(), null)).isEmpty();
    }

    @Test
    void aFileThatIsMovedInKeepsAnOldTimeAndIsFoundAllTheSame() throws Exception {
        write("present", -5_000);
        FilesSource source = source();
        RawJson begin = source.begin();
        write("moved", -10_000);

        Batch batch = source.read(begin, null).orElseThrow();

        assertThat(names(batch)).containsExactly("moved");
        assertThat(source.reaches(batch.mark(), batch.mark())).isTrue();
        assertThat(source.reaches(begin, batch.mark())).isFalse();
        Files.delete(folder.resolve("moved"));
        assertThat(source.read(batch.mark(), null)).isEmpty();
    }

    @Test
    void filesThatMayHaveBeenToldBeforeACrashComeFirstAndByThemselves() throws Exception {
        FilesSource source = source();
        RawJson begin = source.begin();
        write("first", -50);
        Batch underWay = source.read(begin, null).orElseThrow();
        write("earlier", -90);

        Batch again = source().read(begin, underWay.firing()).orElseThrow();
        Batch fresh = source.read(again.mark(), null).orElseThrow();

        assertThat(names(again)).containsExactly("first");
        assertThat(again.isRepeated()).isTrue();
        assertThat(source.reaches(again.mark(), again.firing())).isTrue();
        assertThat(names(fresh)).containsExactly("earlier");
        assertThat(fresh.isRepeated()).isFalse();
    }

    @Test
    void betweenRareLooksAReadReturnsSoonAndSettlesNothing() throws Exception {
        var source = new FilesSource(new Folder(folder, allowed(), clock), Duration.ofHours(1));
        RawJson begin = source.begin();
        assertThat(source.read(begin, null)).isEmpty();
        write("later", -10);
        RawJson underWay = json("{'known':'12345678'}");

        assertThat(source.read(begin, underWay)).as("before it is time").isEmpty();
        assertThat(source.rest(begin, underWay).open()).isEqualTo(underWay);
    }

    @Test
    void aFileThatIsBeingWrittenIsNoEventYet() throws Exception {
        FilesSource source = source();
        RawJson begin = source.begin();
        write("growing", 0);
        assertThat(source.read(begin, null)).isEmpty();

        clock.advance(Duration.ofSeconds(2));

        assertThat(source.read(begin, null)).isPresent();
    }

    @Test
    void manyFilesComeInSeveralFirings() throws Exception {
        FilesSource source = source();
        RawJson mark = source.begin();
        clock.advance(Duration.ofMinutes(10));
        for (int i = 0; i < 250; i++) {
            write("f%03d".formatted(i), i);
        }
        var names = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            Batch batch = source.read(mark, null).orElseThrow();
            names.addAll(names(batch));
            mark = batch.mark();
        }

        assertThat(names).hasSize(250).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aFolderThatIsGoneIsToldSo() {
        FilesSource source = new FilesSource(new Folder(folder.resolve("none"), allowed(), clock), Duration.ZERO);

        assertThatThrownBy(source::begin).isInstanceOf(SourceException.class).hasMessageContaining("may not watch");
    }

    @Test
    void aLinkInThePlaceOfAFolderIsNotFollowed(@TempDir Path elsewhere) throws Exception {
        Path inner = Files.createDirectory(folder.resolve("in"));
        var source = new FilesSource(new Folder(inner, allowed(), clock), Duration.ZERO);
        RawJson begin = source.begin();
        Path secret = Files.writeString(elsewhere.resolve("secret"), "s");
        Files.setLastModifiedTime(secret, FileTime.from(NOON.minusSeconds(10)));
        Files.delete(inner);
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.createSymbolicLink(inner, elsewhere);

        assertThatThrownBy(() -> source.read(begin, null)).hasMessageContaining("may not watch");

        Files.delete(inner);
        Files.createSymbolicLink(inner, other);
        assertThatThrownBy(() -> source.read(begin, null)).hasMessageContaining("is not where it was");
    }

    /// The example "GET Bucket (List Objects)" of Amazon's documentation.
    @Test
    void theSignatureIsThatOfTheDocumentation() {
        var query = new TreeMap<>(Map.of("max-keys", "2", "prefix", "J"));

        assertThat(new RequestSignature(LOGIN, "us-east-1")
                        .headers("examplebucket.s3.amazonaws.com", "/", query, Instant.parse("2013-05-24T00:00:00Z"))
                        .get("authorization"))
                .endsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    @Test
    void theObjectsOfABucketAreListedPageByPage() throws Exception {
        var asked = new ArrayList<String>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/photos", exchange -> {
            String query = exchange.getRequestURI().getRawQuery();
            asked.add(query + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            boolean isSecond = query.contains("continuation-token=t%2F1%3D");
            byte[] page = page(isSecond ? "b" : "a", isSecond ? "" : "t/1=").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        try (var bucket = new Bucket(bucket(server), clock)) {
            assertThat(bucket.list())
                    .containsExactly(new FoundFile("in/a&b", 7, NOON, "e-a"), new FoundFile("in/b&b", 7, NOON, "e-b"));
            assertThat(asked)
                    .hasSize(2)
                    .allSatisfy(each -> assertThat(each)
                            .contains(
                                    "list-type=2&max-keys=1000&prefix=in%2F",
                                    "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anAnswerThatNamesOtherFilesOfTheMachineIsNotFollowed() {
        String hostile =
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><ListBucketResult><Contents><Key>&e;</Key>"
                        + "<LastModified>2026-11-28T12:00:00Z</LastModified></Contents></ListBucketResult>";

        assertThat(ObjectPage.read(hostile.getBytes(StandardCharsets.UTF_8))
                        .map(page -> page.objects().toString())
                        .orElse(""))
                .doesNotContain("root");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    folder | {}                                     | folder trigger feed is missing the path parameter
                    folder | {'path':'in'}                          | the path parameter must be a full path, without . and ..
                    folder | {'path':'/in/../etc'}                  | the path parameter must be a full path, without . and ..
                    bucket | {}                                     | bucket trigger feed is missing the bucket parameter
                    bucket | {'bucket':'../x'}                      | '../x' is no name of a bucket
                    bucket | {'bucket':'photos'}                    | bucket trigger feed is missing the accessKeyId parameter
                    bucket | {'bucket':'photos','pollSeconds':1}    | the pollSeconds parameter must be a whole number, at least 5
                    bucket | {'bucket':'photos','accessKeyId':'a','secretAccessKey':'s','endpoint':'http://u:p@h'} | the endpoint parameter must be of the form https://host or http://host:port
                    """)
    void whatIsWrongIsTold(String kind, String parameters, String sentence) {
        FeedKind known = FeedKind.find(kind).orElseThrow();

        assertThatThrownBy(() -> new FeedReader(true).feed(known, fields(parameters), NOON))
                .isInstanceOf(InvalidFeedException.class)
                .hasMessage(sentence);
    }

    private static Feed.Bucket bucket(HttpServer server) throws InvalidFeedException {
        return (Feed.Bucket) new FeedReader(true)
                .feed(
                        FeedKind.BUCKET,
                        fields(("{'bucket':'photos','prefix':'in/','accessKeyId':'%s','secretAccessKey':'%s',"
                                        + "'endpoint':'http://127.0.0.1:%d'}")
                                .formatted(
                                        LOGIN.user(),
                                        LOGIN.password(),
                                        server.getAddress().getPort())),
                        NOON);
    }

    private static String page(String name, String next) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>photos</Name>%s
                <Contents><Key>in/%s&amp;b</Key><LastModified>2026-11-28T12:00:00.000Z</LastModified>
                <ETag>&quot;e-%s&quot;</ETag><Size>7</Size></Contents></ListBucketResult>""".formatted(
                next.isEmpty() ? "" : "<NextContinuationToken>" + next + "</NextContinuationToken>", name, name);
    }

    private AllowedFolders allowed() {
        return new AllowedFolders(List.of(folder));
    }

    private FilesSource source() {
        return new FilesSource(new Folder(folder, allowed(), clock), Duration.ZERO);
    }

    private void write(String name, int secondsAfterNoon) throws IOException {
        Path file = Files.writeString(folder.resolve(name), name + secondsAfterNoon);
        Files.setLastModifiedTime(file, FileTime.from(NOON.plusSeconds(secondsAfterNoon)));
    }

    private static List<String> names(Batch batch) {
        return batch.payload().field("files").orElseThrow().elements().stream()
                .map(each -> each.field("name").flatMap(RawJson::asText).orElseThrow())
                .toList();
    }
}
