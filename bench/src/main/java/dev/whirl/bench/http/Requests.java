package dev.whirl.bench.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/// What one connection sends, call after call. Used by one thread.
@FunctionalInterface
public interface Requests {
    Request next();

    /// Makes the requests of a connection; connections are numbered from 0 in the order in which they are opened.
    @FunctionalInterface
    interface Source {
        Requests of(int connection);
    }

    /// The same request always.
    static Source same(Request request) {
        return _ -> () -> request;
    }

    /// All of them in an order of its own for each connection, and then again in another order: random, and yet none
    /// is left out.
    static Source shuffled(List<Request> all, long seed) {
        return connection -> new Shuffled(all, seed + connection);
    }

    /// Each connection goes round a share of its own, so that no two send the same request at a time.
    ///
    /// @param connections how many there are; one that is opened in place of another takes over its share
    static Source shared(List<Request> all, int connections) {
        return connection -> new Round(all, connection % connections, connections);
    }

    /// Each connection takes the next one that nobody has taken.
    static Source once(IntFunction<Request> numbered) {
        var next = new AtomicInteger();
        return _ -> () -> numbered.apply(next.getAndIncrement());
    }

    /// Round after round, each in a new order.
    final class Shuffled implements Requests {
        private final List<Request> order;
        private final Random random;
        private int next;

        private Shuffled(List<Request> all, long seed) {
            order = new ArrayList<>(all);
            random = new Random(seed);
        }

        @Override
        public Request next() {
            if (next == 0) {
                Collections.shuffle(order, random);
            }
            Request request = order.get(next);
            next = (next + 1) % order.size();
            return request;
        }
    }

    /// Every so many-th of a list, round after round.
    final class Round implements Requests {
        private final List<Request> all;
        private final int first;
        private final int step;
        private int next;

        private Round(List<Request> all, int first, int step) {
            this.all = all;
            this.first = first % all.size();
            this.step = step;
            this.next = this.first;
        }

        @Override
        public Request next() {
            Request request = all.get(next);
            next = next + step < all.size() ? next + step : first;
            return request;
        }
    }
}
