package dev.whirl.model.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Takes the escapes out of JSON strings, or puts them in, without going through characters: source code of 48 MB is
/// one copy, not four.
final class JsonStrings {
    private JsonStrings() {}

    /// @param utf8 holds valid JSON; the string stands between the two places, without its quotes
    static byte[] unescape(byte[] utf8, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        int at = from;
        while (at < to) {
            if (utf8[at] != '\\') {
                out[length++] = utf8[at];
                at++;
            } else if (utf8[at + 1] != 'u') {
                out[length++] = simple(utf8[at + 1]);
                at += 2;
            } else {
                int end = isPair(utf8, at, to) ? at + 12 : at + 6;
                byte[] encoded = characters(utf8, at, end).getBytes(StandardCharsets.UTF_8);
                System.arraycopy(encoded, 0, out, length, encoded.length);
                length += encoded.length;
                at = end;
            }
        }
        return length == out.length ? out : Arrays.copyOf(out, length);
    }

    /// The text as a JSON string, in one array of its very size, with the escapes that [JsonWriter] uses.
    static byte[] quote(byte[] utf8) {
        byte[] out = new byte[Math.toIntExact(quotedSize(utf8))];
        int length = 0;
        out[length++] = '"';
        for (byte b : utf8) {
            byte escape = escape(b);
            if (escape != 0) {
                out[length++] = '\\';
                out[length++] = escape;
            } else {
                out[length++] = b;
            }
            if (escape == 'u') {
                out[length++] = '0';
                out[length++] = '0';
                out[length++] = (byte) Character.forDigit(b >> 4, 16);
                out[length++] = (byte) Character.forDigit(b & 15, 16);
            }
        }
        out[length] = '"';
        return out;
    }

    private static long quotedSize(byte[] utf8) {
        long size = utf8.length + 2L;
        for (byte b : utf8) {
            byte escape = escape(b);
            if (escape != 0) {
                size += escape == 'u' ? 5 : 1;
            }
        }
        return size;
    }

    /// What stands after the backslash; zero if there is none.
    private static byte escape(byte b) {
        if (b == '"' || b == '\\') {
            return b;
        }
        if (b < 0 || b >= ' ') {
            return 0;
        }
        return switch (b) {
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            default -> 'u';
        };
    }

    private static byte simple(byte escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped;
        };
    }

    private static boolean isPair(byte[] utf8, int at, int to) {
        return Character.isHighSurrogate(hex(utf8, at + 2))
                && at + 12 <= to
                && utf8[at + 6] == '\\'
                && utf8[at + 7] == 'u'
                && Character.isLowSurrogate(hex(utf8, at + 8));
    }

    private static String characters(byte[] utf8, int from, int to) {
        var characters = new StringBuilder(2);
        for (int at = from; at < to; at += 6) {
            characters.append(hex(utf8, at + 2));
        }
        return characters.toString();
    }

    private static char hex(byte[] utf8, int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            value = value * 16 + Character.digit(utf8[i], 16);
        }
        return (char) value;
    }
}
