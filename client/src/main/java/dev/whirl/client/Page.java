package dev.whirl.client;

/// Which part of a list (row R-11).
///
/// @param limit at most so many; 0 is the server's maximum
/// @param skip leaves out so many from the beginning
public record Page(int limit, int skip) {
    /// What the server gives if it is not asked for a number.
    public static final Page DEFAULT = new Page(30, 0);

    /// As many as the server gives at once.
    public static final Page MOST = new Page(0, 0);
}
