package dev.whirl.store;

/// Which state of a document was read: a write with an older one is refused.
public record Revision(String value) {
    @Override
    public String toString() {
        return value;
    }
}
