package dev.whirl.feeds.stream;

/// A source can't be read. The message says why, to the owner of the feed: nothing secret is in it.
public final class SourceException extends Exception {
    private final boolean isLasting;

    /// @param isLasting whether trying again does not help
    public SourceException(String sentence, boolean isLasting) {
        super(sentence, null, false, false);
        this.isLasting = isLasting;
    }

    public boolean isLasting() {
        return isLasting;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
