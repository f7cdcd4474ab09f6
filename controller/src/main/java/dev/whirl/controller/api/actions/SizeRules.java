package dev.whirl.controller.api.actions;

import dev.whirl.controller.api.entities.Sizes;
import dev.whirl.model.ApiException;
import dev.whirl.model.limits.SystemLimits;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// How large the parts of an action may be (row R-68). Code counts in the form in which it was sent.
final class SizeRules {
    private SizeRules() {}

    /// @throws ApiException 413
    static void check(ActionPut put, SystemLimits limits) {
        if (put.exec() != null) {
            Sizes.require("exec", sizeOf(put.exec()), limits.code().bytes());
        }
        put.fields().requireSizes(limits);
    }

    private static long sizeOf(ExecPut exec) {
        long code = exec.code() == null ? 0 : exec.code().sizeBytes();
        String image = switch (exec) {
            case ExecPut.Code _ -> null;
            case ExecPut.Blackbox blackbox -> blackbox.image();
            case ExecPut.Sequence _ -> null;
        };
        return code + sizeOf(exec.main()) + sizeOf(image);
    }

    private static long sizeOf(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
