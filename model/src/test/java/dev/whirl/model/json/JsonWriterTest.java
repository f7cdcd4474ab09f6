package dev.whirl.model.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", "plain", "\"", "\\", "a\"b\\c", "\n\r\t", "\u0000\u001f", "é €\uD83D\uDE00 end", "\"\""})
    void whatIsWrittenIsReadAgainAsItWas(String text) throws Exception {
        byte[] written = new JsonWriter(1).startArray().string(text).endArray().toBytes();

        assertThat(RawJson.parse(written).elements().getFirst().asText()).contains(text);
    }

    @Test
    void charactersThatJsonForbidsAreEscaped() {
        byte[] written = new JsonWriter().string("a\"\\\n\r\t\u0001\u001fz").toBytes();

        assertThat(new String(written, StandardCharsets.US_ASCII)).isEqualTo("\"a\\\"\\\\\\n\\r\\t\\u0001\\u001fz\"");
    }

    @Test
    void aLongTextGoesToAStreamInPieces() throws Exception {
        var out = new ByteArrayOutputStream();
        String text = ("x".repeat(50_000) + "\"").repeat(3);
        JsonWriter writer = new JsonWriter().startArray().to(out);

        writer.string(text).endArray();

        assertThat(writer.sizeBytes()).isLessThan(40_000);
        writer.flush();
        assertThat(RawJson.parse(out.toByteArray()).elements().getFirst().asText())
                .contains(text);
    }
}
