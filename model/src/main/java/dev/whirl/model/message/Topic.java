package dev.whirl.model.message;

/// Where messages go (row I-1).
public sealed interface Topic {
    String name();

    /// Topics whose messages are followed until they are done: nothing in them is lost when their reader is gone.
    sealed interface Followed extends Topic {}

    /// Work for one invoker.
    record Work(InvokerId invoker) implements Followed {
        @Override
        public String name() {
            return invoker.toString();
        }
    }

    /// Sequences and compositions that one controller has accepted and runs itself.
    record Composed(ControllerId controller) implements Followed {
        @Override
        public String name() {
            return "composed" + controller.number();
        }
    }

    /// Results for one controller.
    record Completed(ControllerId controller) implements Topic {
        @Override
        public String name() {
            return "completed" + controller.number();
        }
    }

    /// Heartbeats, for every controller.
    record Health() implements Topic {
        @Override
        public String name() {
            return "health";
        }
    }

    /// Changed entities, for everyone who caches.
    record CacheInvalidation() implements Topic {
        @Override
        public String name() {
            return "cacheInvalidation";
        }
    }

    /// What users' activations came to, for whoever counts or bills (row I-9).
    record Events() implements Topic {
        @Override
        public String name() {
            return "events";
        }
    }
}
