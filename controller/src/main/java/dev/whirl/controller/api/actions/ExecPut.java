package dev.whirl.controller.api.actions;

import dev.whirl.model.entity.EntityId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a PUT asks to execute (row R-63).
sealed interface ExecPut {
    String kind();

    /// The text of the code, null if there is none.
    @Nullable
    CodeText code();

    @Nullable
    String main();

    /// Source or archive for a runtime of the manifest.
    ///
    /// @param kind as it is to be stored: a default is resolved
    record Code(String kind, CodeText code, @Nullable String main) implements ExecPut {}

    /// A user's own image.
    record Blackbox(
            String image, @Nullable CodeText code, @Nullable String main) implements ExecPut {
        @Override
        public String kind() {
            return dev.whirl.model.entity.Exec.Blackbox.KIND;
        }
    }

    /// Other actions, one after the other.
    ///
    /// @param components each has a namespace, `_` included, and maybe a package
    record Sequence(List<EntityId> components) implements ExecPut {
        public Sequence {
            components = List.copyOf(components);
        }

        @Override
        public String kind() {
            return dev.whirl.model.entity.Exec.Sequence.KIND;
        }

        @Override
        public @Nullable CodeText code() {
            return null;
        }

        @Override
        public @Nullable String main() {
            return null;
        }
    }
}
