package dev.whirl.model.message;

/// Where messages go (row I-1).
public sealed interface Topic {
    String name();

    /// Work for one invoker.
    record Work(InvokerId invoker) implements Topic {
        @Override
        public String name() {
            return invoker.toString();
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
