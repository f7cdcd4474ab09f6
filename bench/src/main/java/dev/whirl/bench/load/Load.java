package dev.whirl.bench.load;

import static dev.whirl.common.Preconditions.require;

/// How calls are offered.
public sealed interface Load {
    int MAX_CONNECTIONS = 8192;
    int MAX_RATE = 1_000_000;

    int connections();

    /// A short text for a table, such as `32` or `32 @ 1000/s`.
    String label();

    /// Each connection sends its next call when it has the answer to the one before.
    record Closed(int connections) implements Load {
        public Closed {
            requireConnections(connections);
        }

        @Override
        public String label() {
            return Integer.toString(connections);
        }
    }

    /// Calls are due at a fixed rate, whatever the answers do; a call that finds no free connection waits, and the
    /// wait is part of its latency.
    record Open(int connections, int callsPerSecond) implements Load {
        public Open {
            requireConnections(connections);
            require(
                    callsPerSecond >= 1 && callsPerSecond <= MAX_RATE,
                    "a rate of %d/s is not possible",
                    callsPerSecond);
        }

        @Override
        public String label() {
            return connections + " @ " + callsPerSecond + "/s";
        }
    }

    /// A number of calls, each connection sending its next when it has the answer to the one before; fewer if the time
    /// is over.
    record Counted(int connections, int calls) implements Load {
        public Counted {
            requireConnections(connections);
            require(calls >= 1, "%d calls are not possible", calls);
        }

        @Override
        public String label() {
            return Integer.toString(connections);
        }
    }

    private static void requireConnections(int connections) {
        require(
                connections >= 1 && connections <= MAX_CONNECTIONS,
                "connections must be 1 to %d, got %d",
                MAX_CONNECTIONS,
                connections);
    }
}
