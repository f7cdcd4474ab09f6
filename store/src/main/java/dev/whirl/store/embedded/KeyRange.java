package dev.whirl.store.embedded;

/// Keys from one (inclusive) to another (exclusive).
final class KeyRange {
    private final byte[] from;
    private final byte[] to;

    KeyRange(byte[] from, byte[] to) {
        this.from = from;
        this.to = to;
    }

    byte[] from() {
        return from;
    }

    byte[] to() {
        return to;
    }

    KeyRange withFrom(byte[] first) {
        return new KeyRange(first, to);
    }

    KeyRange withTo(byte[] end) {
        return new KeyRange(from, end);
    }
}
