package dev.whirl.controller.api.actions;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.limits.SystemLimits;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// How large the parts of an action may be (row R-68). Code counts in the form in which it was sent.
final class SizeRules {
    private SizeRules() {}

    /// @throws ApiException 413
    static void check(ActionPut put, SystemLimits limits) {
        if (put.exec() != null) {
            require("exec", sizeOf(put.exec()), limits.code().bytes());
        }
        if (put.parameters() != null) {
            require(
                    "parameters",
                    put.parameters().sizeBytes(),
                    limits.parameters().bytes());
        }
        if (put.annotations() != null) {
            require(
                    "annotations",
                    put.annotations().sizeBytes(),
                    limits.parameters().bytes());
        }
    }

    private static long sizeOf(ExecPut exec) {
        long code = exec.code() == null ? 0 : exec.code().sizeBytes();
        String image = switch (exec) {
            case ExecPut.Code _ -> null;
            case ExecPut.Blackbox blackbox -> blackbox.image();
        };
        return code + sizeOf(exec.main()) + sizeOf(image);
    }

    private static long sizeOf(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void require(String field, long size, long max) {
        if (size > max) {
            throw new ApiException(ErrorCode.TOO_LARGE, Messages.tooLarge(field, size, max));
        }
    }
}
