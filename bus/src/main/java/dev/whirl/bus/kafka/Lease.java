package dev.whirl.bus.kafka;

/// What a member of an invoker's group and its assignor know of each other: the role that it plays, and whether the
/// group has given the work to another process that says it is this very invoker.
final class Lease {
    /// In the order of their claims.
    enum Role {
        OWNER(0),
        TAKER(1);

        private final byte code;

        Role(int code) {
            this.code = (byte) code;
        }

        /// What members call it among each other.
        byte code() {
            return code;
        }
    }

    private final Role role;
    private volatile boolean isOwnedByPeer;

    Lease(Role role) {
        this.role = role;
    }

    Role role() {
        return role;
    }

    /// Whether an invoker with the same id is alive elsewhere, as of the last assignment.
    boolean isOwnedByPeer() {
        return isOwnedByPeer;
    }

    void ownedByPeer(boolean isSo) {
        isOwnedByPeer = isSo;
    }
}
