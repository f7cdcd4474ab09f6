package dev.whirl.model.entity;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an action executes (row R-63).
public sealed interface Exec {
    /// The kind as it was asked for, such as `nodejs:20`; never resolved further than `<family>:default`.
    String kind();

    Optional<CodeRef> codeRef();

    /// The entry point, if the user named one.
    Optional<String> entryPoint();

    /// Source or archive for a runtime of the manifest.
    record Code(String kind, CodeRef code, @Nullable String main) implements Exec {
        @Override
        public Optional<CodeRef> codeRef() {
            return Optional.of(code);
        }

        @Override
        public Optional<String> entryPoint() {
            return Optional.ofNullable(main);
        }
    }

    /// A user's own image, with or without code.
    record Blackbox(
            String image, @Nullable CodeRef code, @Nullable String main) implements Exec {
        public static final String KIND = "blackbox";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Optional<CodeRef> codeRef() {
            return Optional.ofNullable(code);
        }

        @Override
        public Optional<String> entryPoint() {
            return Optional.ofNullable(main);
        }
    }

    /// Other actions, one after the other: the result of each is the argument of the next (row R-180).
    ///
    /// @param components as they were named, so they may lie in bindings
    record Sequence(List<EntityId> components) implements Exec {
        public static final String KIND = "sequence";

        public Sequence {
            components = List.copyOf(components);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Optional<CodeRef> codeRef() {
            return Optional.empty();
        }

        @Override
        public Optional<String> entryPoint() {
            return Optional.empty();
        }
    }
}
