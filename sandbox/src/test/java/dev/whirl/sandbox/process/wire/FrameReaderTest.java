package dev.whirl.sandbox.process.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private static final int LIMIT = 10;

    private final FrameReader reader = new FrameReader();
    private final List<String> seen = new ArrayList<>();
    private final FrameReader.Handler handler = new FrameReader.Handler() {
        @Override
        public int bodyLimit(int request) throws WireViolation {
            if (request > 100) {
                throw new WireViolation("unknown " + request);
            }
            return LIMIT;
        }

        @Override
        public int builtLimit(int request) throws WireViolation {
            if (request > 50) {
                throw new WireViolation("not asked " + request);
            }
            return LIMIT;
        }

        @Override
        public void built(int request, byte[] content, long fullSizeBytes) {
            seen.add("%d built %s %d".formatted(request, new String(content, UTF_8), fullSizeBytes));
        }

        @Override
        public void ready(byte[] document) {
            seen.add("ready " + new String(document, UTF_8));
        }

        @Override
        public void reply(int request, int status, byte[] body, long fullSizeBytes) {
            seen.add("%d %d %s %d".formatted(request, status, new String(body, UTF_8), fullSizeBytes));
        }
    };

    @Test
    void framesAreReadHoweverTheyArrive() throws Exception {
        ByteBuffer all = ByteBuffer.allocate(10_000);
        all.put(frame(Frame.READY, 0, "{}".getBytes(UTF_8)));
        for (int i = 1; i <= 50; i++) {
            all.put(reply(i, 200, "x".repeat(i % 13)));
        }
        all.flip();
        var random = new Random(7);
        while (all.hasRemaining()) {
            int count = Math.min(all.remaining(), 1 + random.nextInt(30));
            reader.feed(all.slice(all.position(), count), handler);
            all.position(all.position() + count);
        }

        assertThat(seen).hasSize(51).startsWith("ready {}", "1 200 x 1", "2 200 xx 2");
        assertThat(seen.get(12)).isEqualTo("12 200 xxxxxxxxxx 12");
        assertThat(seen.get(13)).isEqualTo("13 200  0");
    }

    @Test
    @Tag("attack-5")
    void whatTheWireDoesNotAllowIsAViolation() {
        for (ByteBuffer bad : List.of(
                frame(Frame.RUN, 1, new byte[3]),
                frame((byte) 77, 1, new byte[3]),
                frame(Frame.READY, 1, new byte[3]),
                frame(Frame.READY, 0, new byte[5_000]),
                frame(Frame.REPLY, 1, new byte[1]),
                frame(Frame.BUILT, 51, new byte[1]),
                ByteBuffer.wrap(new byte[] {0, 0, 0, 0, 5, 0, 0, 0, 1}),
                reply(101, 200, "{}"),
                ByteBuffer.wrap(new byte[] {-1, -1, -1, -1, 4, 0, 0, 0, 1}),
                ByteBuffer.wrap(new byte[] {0, 0, 0, 0, 4, 0, 0, 0, 1}))) {
            assertThatThrownBy(() -> new FrameReader().feed(bad, handler)).isInstanceOf(WireViolation.class);
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void builtCodeComesBeforeItsReply() throws Exception {
        reader.feed(frame(Frame.BUILT, 3, "program".getBytes(UTF_8)), handler);
        reader.feed(frame(Frame.BUILT, 4, "a long program".getBytes(UTF_8)), handler);
        reader.feed(reply(3, 200, "{}"), handler);

        assertThat(seen).containsExactly("3 built program 7", "4 built a long pro 14", "3 200 {} 2");
    }

    @Test
    @Tag("attack-22")
    void aHugeReplyIsReadToItsEndAndDropped() throws Exception {
        long size = 300_000_000L;
        reader.feed(
                ByteBuffer.allocate(11)
                        .putInt((int) (7 + size))
                        .put(Frame.REPLY)
                        .putInt(5)
                        .putShort((short) 200)
                        .flip(),
                handler);
        ByteBuffer zeros = ByteBuffer.allocate(1_000_000);
        for (int i = 0; i < 300; i++) {
            reader.feed(zeros.clear(), handler);
        }
        reader.feed(reply(6, 502, "{}"), handler);

        assertThat(seen).containsExactly("5 200 " + "\0".repeat(LIMIT) + " 300000000", "6 502 {} 2");
    }

    private static ByteBuffer reply(int request, int status, String body) {
        byte[] text = body.getBytes(UTF_8);
        byte[] payload = ByteBuffer.allocate(2 + text.length)
                .putShort((short) status)
                .put(text)
                .array();
        return frame(Frame.REPLY, request, payload);
    }

    private static ByteBuffer frame(byte type, int request, byte[] payload) {
        return ByteBuffer.allocate(Frame.HEADER_BYTES + payload.length)
                .put(Frame.header(type, request, payload.length))
                .put(payload)
                .flip();
    }
}
