package dev.whirl.store;

/// Which state of a document was read: a write with an older one is refused.
public record Revision(String value) {
    /// A number that grows with each write to the document: it stands in front. Zero if there is none.
    public long count() {
        String digits = value.split("-", 2)[0];
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
    }

    /// Whether it is that of a write, or of a later one to the same document.
    public boolean isOfOrAfter(Revision write) {
        return equals(write) || count() > write.count();
    }

    @Override
    public String toString() {
        return value;
    }
}
