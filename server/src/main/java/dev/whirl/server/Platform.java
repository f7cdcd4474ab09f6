package dev.whirl.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts of a process in the order of their start. They stop in the opposite order. Start and close are called
/// once.
final class Platform implements AutoCloseable {
    /// One part: how it starts and how it stops.
    record Part(String name, Runnable start, Runnable stop) {
        /// A part that works from the moment it was made.
        static Part closing(String name, Runnable stop) {
            return new Part(name, () -> {}, stop);
        }
    }

    private static final Logger log = LoggerFactory.getLogger(Platform.class);

    private final List<Part> parts;
    private final Supplier<String> screen;
    private final Deque<Part> running = new ArrayDeque<>();

    /// @param screen what is printed when all run
    Platform(List<Part> parts, Supplier<String> screen) {
        this.parts = List.copyOf(parts);
        this.screen = screen;
    }

    /// Starts all parts. If one fails, those that had started are stopped and its exception comes out.
    void start() {
        try {
            for (Part part : parts) {
                running.push(part);
                part.start().run();
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    String screen() {
        return screen.get();
    }

    /// Stops all parts; one that fails does not keep the others from stopping.
    @Override
    public synchronized void close() {
        while (!running.isEmpty()) {
            Part part = running.pop();
            try {
                part.stop().run();
            } catch (RuntimeException e) {
                log.atError().addKeyValue("part", part.name()).setCause(e).log("could not be stopped cleanly");
            }
        }
    }
}
