package dev.whirl.server;

import dev.whirl.bus.BusException;
import dev.whirl.common.config.ConfigException;
import dev.whirl.store.StoreException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What a process opens before it starts. Where something can't be had the rest is tried all the same:
/// whoever mends it learns of everything at once.
final class StartAttempt {
    /// What two look at is told once.
    private final Set<String> obstacles = new LinkedHashSet<>();

    private final Deque<Runnable> undo = new ArrayDeque<>();

    /// Something that is open, unless it could not be had.
    record Opened<T>(Optional<T> value) {
        /// After [StartAttempt#finish].
        T get() {
            return value.orElseThrow();
        }
    }

    /// Opens something.
    ///
    /// @param how throws an exception that says in sentences what is in the way
    /// @param close undoes it, if something else can't be had
    <T> Opened<T> open(Supplier<T> how, Consumer<? super T> close) {
        try {
            T opened = how.get();
            undo.push(() -> close.accept(opened));
            return new Opened<>(Optional.of(opened));
        } catch (ConfigException e) {
            obstacles.addAll(e.problems());
        } catch (StartException | StoreException | BusException e) {
            obstacles.addAll(String.valueOf(e.getMessage()).lines().toList());
        }
        return new Opened<>(Optional.empty());
    }

    /// Looks whether a port can be listened on, and leaves it.
    ///
    /// @param port 0 for any, which is always there
    void expectFree(String host, int port) {
        var address = new InetSocketAddress(host, port);
        if (port == 0 || address.isUnresolved()) {
            return;
        }
        try (var socket = new ServerSocket()) {
            socket.bind(address);
        } catch (IOException e) {
            obstacles.add("can't listen on %s port %d: it is in use, or this machine has no such address"
                    .formatted(host, port));
        }
    }

    /// Ends the attempt without a start.
    ///
    /// @return what is in the way
    List<String> giveUp() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
        return List.copyOf(obstacles);
    }

    /// Ends the attempt: nothing is in the way.
    ///
    /// @param besides what is asked only if something is: a start that goes on finds it out by itself
    /// @throws ConfigException with a sentence for each obstacle; then nothing is open any more
    void finish(Supplier<Optional<String>> besides) {
        if (!obstacles.isEmpty()) {
            besides.get().ifPresent(obstacles::add);
            throw new ConfigException(giveUp());
        }
    }
}
