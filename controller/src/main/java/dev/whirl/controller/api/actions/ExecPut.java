package dev.whirl.controller.api.actions;

import org.jspecify.annotations.Nullable;

/// What a PUT asks to execute (row R-63). Sequences get their case here with packages and rules.
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
}
