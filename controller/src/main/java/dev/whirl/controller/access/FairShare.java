package dev.whirl.controller.access;

/// What one controller allows of a namespace's quota when there are several, since each counts only the calls that come
/// to it (rows R-152, I-15). They get a fifth more than the quota together: calls are never spread quite evenly. Pure.
final class FairShare {
    private FairShare() {}

    /// @param controllers how many there are, this one included
    /// @return the whole quota where there is one, else its share, at least 1; none of nothing
    static int of(int quota, int controllers) {
        if (controllers <= 1 || quota <= 0) {
            return quota;
        }
        long dilated = (quota * 6L + 4) / 5;
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, dilated / controllers));
    }
}
