package dev.whirl.controller.api.actions;

import dev.whirl.model.json.RawJson;
import java.util.Optional;

/// The code of an action as the user sent it: source, or an archive in base64.
final class CodeText {
    private final byte[] utf8;
    private final int start;
    private final int end;
    private final boolean isBinary;

    CodeText(byte[] utf8) {
        this.utf8 = utf8;
        int first = 0;
        int last = utf8.length;
        while (first < last && isSpace(utf8[first])) {
            first++;
        }
        while (last > first && isSpace(utf8[last - 1])) {
            last--;
        }
        start = first;
        end = last;
        isBinary = isBase64();
    }

    static Optional<CodeText> of(RawJson json) {
        return json.asUtf8().map(CodeText::new);
    }

    boolean isBlank() {
        return start == end;
    }

    /// Whether it looks like strict base64: even a short word does (row R-63).
    boolean isBinary() {
        return isBinary;
    }

    long sizeBytes() {
        return utf8.length;
    }

    /// The text itself: not to be changed.
    byte[] utf8() {
        return utf8;
    }

    /// The text without space around it, as something to decode parts of.
    Base64View base64() {
        return new Base64View(utf8, start, end);
    }

    private boolean isBase64() {
        int length = end - start;
        if (length == 0 || length % 4 != 0) {
            return false;
        }
        int padding = utf8[end - 1] != '=' ? 0 : utf8[end - 2] == '=' ? 2 : 1;
        for (int i = start; i < end - padding; i++) {
            if (!isDigit(utf8[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(byte b) {
        return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '+' || b == '/';
    }

    private static boolean isSpace(byte b) {
        return b >= 0 && b <= ' ';
    }
}
