package dev.whirl.sandbox.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
    private final LineSplitter splitter = new LineSplitter();
    private final List<String> lines = new ArrayList<>();
    private final LineSplitter.Sink sink = (number, micros, bytes, from, length) ->
            lines.add("%d@%d %s".formatted(number, micros, new String(bytes, from, length, UTF_8)));

    @Test
    void linesAreCutAtTheirEnds() {
        feed("one\ntwo\n\nthree");
        assertThat(lines).containsExactly("0@0 one", "0@0 two", "0@0 ");

        feed(" and more\n");
        assertThat(lines).last().isEqualTo("0@0 three and more");
    }

    @Test
    void marksGiveRequestAndTime() {
        feed("\u001e12:1700000000000001\u001fhello\n\u001e13:1\u001f\nplain\n");

        assertThat(lines).containsExactly("12@1700000000000001 hello", "13@1 ", "0@0 plain");
    }

    @Test
    @Tag("attack-6")
    void whatOnlyLooksLikeAMarkIsText() {
        for (String text : List.of(
                "\u001e",
                "\u001e12",
                "\u001e12:",
                "\u001e12:5",
                "\u001e:5\u001fx",
                "\u001e1x:5\u001fx",
                "\u001e99999999999:5\u001fx",
                "\u001e9999999999:5\u001fx",
                "\u001e1:9999999999999999999\u001fx",
                "\u001e-1:5\u001fx")) {
            lines.clear();
            feed(text + "\n");
            assertThat(lines).containsExactly("0@0 " + text);
        }
    }

    @Test
    @Tag("attack-22")
    void aLineWithoutEndIsSplitAndKeepsItsMark() {
        String part = "x".repeat(LineSplitter.MAX_LINE_BYTES / 2);
        feed("\u001e7:5\u001f");
        feed(part);
        feed(part);
        feed("rest\nnext\n");

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("7@5 xxx");
        assertThat(lines.get(1)).startsWith("7@5 ").endsWith("rest");
        assertThat(lines.get(2)).isEqualTo("0@0 next");
    }

    @Test
    void theCutsBetweenReadsDoNotMatter() {
        var random = new Random(42);
        var text = new StringBuilder();
        var expected = new ArrayList<String>();
        for (int i = 0; i < 500; i++) {
            String line = "ä".repeat(random.nextInt(20)) + i;
            boolean isMarked = random.nextBoolean();
            text.append(isMarked ? "\u001e%d:%d\u001f".formatted(i, i * 10) : "")
                    .append(line)
                    .append('\n');
            expected.add("%d@%d %s".formatted(isMarked ? i : 0, isMarked ? i * 10 : 0, line));
        }
        byte[] bytes = text.toString().getBytes(UTF_8);
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(40));
            byte[] chunk = new byte[length];
            System.arraycopy(bytes, at, chunk, 0, length);
            splitter.feed(chunk, length, sink);
            at += length;
        }

        assertThat(lines).isEqualTo(expected);
    }

    @Test
    void flushMakesALineOfWhatHasNoEnd() {
        feed("unfinished");
        splitter.flush(sink);
        splitter.flush(sink);

        assertThat(lines).containsExactly("0@0 unfinished");
    }

    private void feed(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        splitter.feed(bytes, bytes.length, sink);
    }
}
