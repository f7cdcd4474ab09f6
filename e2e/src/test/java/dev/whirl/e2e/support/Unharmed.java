package dev.whirl.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/// What must still hold after an attack: the server answers, holds no more memory than it may, and its data folder has
/// no file that was not there before.
///
/// Begin with [#watch], do the attack, close.
public final class Unharmed implements AutoCloseable {
    /// Heap, direct memory and the process itself as the launcher allows them.
    private static final long MEMORY_BOUND_KIBIBYTES = 1_300 * 1024;

    private static final Duration SETTLED = Duration.ofSeconds(10);

    private final WhirlServer server;
    private final Set<String> before;

    private Unharmed(WhirlServer server) {
        this.server = server;
        this.before = Folders.files(server.data());
    }

    public static Unharmed watch(WhirlServer server) {
        return new Unharmed(server);
    }

    @Override
    public void close() {
        assertThat(server.isAlive()).as("server lives").isTrue();
        assertThat(Api.anonymous(server).get("/ping").expect(200).body()).isEqualTo("pong");
        Api.guest(server).get("/api/v1/namespaces").expect(200);
        assertThat(server.peakKibibytes()).as("peak memory of the server").isLessThan(MEMORY_BOUND_KIBIBYTES);
        Waiting.until(SETTLED, this::leftovers, Set::isEmpty);
    }

    private Set<String> leftovers() {
        var added = new TreeSet<>(Folders.files(server.data()));
        added.removeAll(before);
        return added;
    }
}
