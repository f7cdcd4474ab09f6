package dev.whirl.store.embedded;

/// A stored document before it is decoded, with its name for messages.
final class Raw {
    private final String name;
    private final byte[] document;

    Raw(String name, byte[] document) {
        this.name = name;
        this.document = document;
    }

    String name() {
        return name;
    }

    byte[] document() {
        return document;
    }
}
