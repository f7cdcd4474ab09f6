package dev.whirl.controller.api.actions;

import java.util.Arrays;
import java.util.Base64;

/// Strict base64 text of which parts can be decoded without decoding all of it.
final class Base64View {
    private final byte[] text;
    private final int start;
    private final int end;

    Base64View(byte[] text, int start, int end) {
        this.text = text;
        this.start = start;
        this.end = end;
    }

    /// Of what the text stands for.
    long sizeBytes() {
        int length = end - start;
        int padding = 0;
        while (padding < 2 && padding < length && text[end - 1 - padding] == '=') {
            padding++;
        }
        return length / 4 * 3L - padding;
    }

    /// Decodes the bytes from one place to another, which must lie inside.
    byte[] decode(long from, long to) {
        int firstGroup = (int) (from / 3);
        int afterLastGroup = (int) ((to + 2) / 3);
        byte[] groups = Arrays.copyOfRange(text, start + firstGroup * 4, Math.min(end, start + afterLastGroup * 4));
        byte[] decoded = Base64.getDecoder().decode(groups);
        int skipped = (int) (from - firstGroup * 3L);
        return Arrays.copyOfRange(decoded, skipped, skipped + (int) (to - from));
    }
}
