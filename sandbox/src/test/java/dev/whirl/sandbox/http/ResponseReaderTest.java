package dev.whirl.sandbox.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.sandbox.http.ResponseReader.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {
    @Test
    void twoAnswersOnOneConnectionAreToldApart() throws Exception {
        ResponseReader reader = reader(
                "HTTP/1.1 200 OK\r\ncontent-LENGTH: 3\r\n\r\nabcHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");

        ResponseHead first = reader.readHead();
        assertThat(text(reader.readBody(first, 100, 100))).isEqualTo("abc");
        assertThat(first.keepsAlive()).isTrue();
        assertThat(reader.readHead().status()).isEqualTo(404);
    }

    @Test
    void chunksAreOneBody() throws Exception {
        String chunks = "3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n";
        ResponseReader reader =
                reader("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n%sHTTP/1.1 201 Created\r\n\r\n"
                        .formatted(chunks));

        assertThat(text(reader.readBody(reader.readHead(), 100, 100))).isEqualTo("abc0123456789");
        assertThat(reader.readHead().status()).isEqualTo(201);
    }

    @Test
    @Tag("attack-25")
    void ofAnAnswerThatIsTooLongTheBeginningIsKept() throws Exception {
        String chunked = "Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n5\r\nfghij\r\n0\r\n\r\n";
        for (String rest : new String[] {"Content-Length: 10\r\n\r\nabcdefghij", chunked, "\r\nabcdefghij"}) {
            ResponseReader reader = reader("HTTP/1.1 200 OK\r\n" + rest);

            Body body = reader.readBody(reader.readHead(), 4, 100);

            assertThat(text(body)).isEqualTo("abcd");
            assertThat(body.fullSizeBytes()).isEqualTo(10);
        }
    }

    @Test
    @Tag("attack-25")
    void whatIsAnnouncedTakesNoMemory() throws Exception {
        ResponseReader reader = reader("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\nabcdef");

        Body body = reader.readBody(reader.readHead(), 4, 100);

        assertThat(text(body)).isEqualTo("abcd");
        assertThat(body.fullSizeBytes()).isEqualTo(10_000_000_000L);
        assertThat(body.isAtEnd()).isFalse();
    }

    @Test
    void silenceIsNoAnswer() {
        assertThatThrownBy(() -> reader("").readHead()).isInstanceOf(ResponseReader.NoAnswerException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-x\r\n\r\n",
                "HTTP/1.1 2xx Fine\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFFFF\r\n",
                "HTTP/1.1 200 OK\r\nX: y"
            })
    void whatIsNoAnswerIsRefused(String text) {
        assertThatThrownBy(() -> {
                    ResponseReader reader = reader(text);
                    reader.readBody(reader.readHead(), 100, 100);
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void headersAreBounded() {
        String many = "X-%d: y\r\n".repeat(1);
        var text = new StringBuilder("HTTP/1.1 200 OK\r\n");
        for (int i = 0; i < 1_000; i++) {
            text.append(many.formatted(i));
        }

        assertThatThrownBy(() -> reader(text.toString()).readHead()).hasMessageContaining("more than 200 headers");
        assertThatThrownBy(() ->
                        reader("HTTP/1.1 200 OK\r\nX: " + "y".repeat(20_000)).readHead())
                .hasMessageContaining("a line of more than");
    }

    @Test
    @Tag("attack-25")
    void linesThatAreNoHeadersAreBoundedToo() {
        assertThatThrownBy(() -> reader("HTTP/1.1 200 OK\r\n" + "no colon\r\n".repeat(1_000))
                        .readHead())
                .hasMessageContaining("more than 200 headers");
        assertThatThrownBy(() -> reader("HTTP/1.1 200 OK\r\n" + "X: the same\r\n".repeat(1_000))
                        .readHead())
                .hasMessageContaining("more than 200 headers");
    }

    @Test
    @Tag("attack-25")
    void provisionalAnswersAreReadOverUpToABound() throws Exception {
        String goOn = "HTTP/1.1 100 Continue\r\n\r\n";
        String early = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n";

        assertThat(reader(goOn + early + "HTTP/1.1 204 No Content\r\n\r\n")
                        .readHead()
                        .status())
                .isEqualTo(204);
        assertThatThrownBy(() -> reader(goOn.repeat(1_000)).readHead()).hasMessageContaining("provisional");
    }

    @Test
    @Tag("attack-25")
    void chunksThatAreMostlyFramesAreRefused() {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        String one = "1;" + "x".repeat(10_000) + "\r\na\r\n";

        assertThatThrownBy(() -> {
                    ResponseReader reader = reader(head + one.repeat(1_000));
                    reader.readBody(reader.readHead(), 100, 1 << 24);
                })
                .hasMessageContaining("more frames than content");
        assertThatThrownBy(() -> {
                    ResponseReader reader = reader(head + "1\r\nab\r\n0\r\n\r\n");
                    reader.readBody(reader.readHead(), 100, 100);
                })
                .hasMessageContaining("longer than it says");
    }

    private static ResponseReader reader(String text) {
        return new ResponseReader(new ByteArrayInputStream(text.getBytes(ISO_8859_1)));
    }

    private static String text(Body body) {
        return new String(body.bytes(), ISO_8859_1);
    }
}
