package dev.whirl.model.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes large texts as the inside of JSON strings, straight to a stream, with the escapes that [JsonWriter] uses.
public final class JsonEscapes {
    private JsonEscapes() {}

    /// How many bytes [#write] will write.
    public static long escapedSize(byte[] utf8) {
        long size = utf8.length;
        for (byte b : utf8) {
            if (needsEscape(b)) {
                size += escape(b).length - 1;
            }
        }
        return size;
    }

    /// Writes the text without quotes around it.
    public static void write(byte[] utf8, OutputStream out) throws IOException {
        int start = 0;
        for (int i = 0; i < utf8.length; i++) {
            if (needsEscape(utf8[i])) {
                out.write(utf8, start, i - start);
                out.write(escape(utf8[i]));
                start = i + 1;
            }
        }
        out.write(utf8, start, utf8.length - start);
    }

    private static boolean needsEscape(byte b) {
        return b == '"' || b == '\\' || (b >= 0 && b < ' ');
    }

    private static byte[] escape(byte b) {
        String text = switch (b) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> "\\u%04x".formatted((int) b);
        };
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
