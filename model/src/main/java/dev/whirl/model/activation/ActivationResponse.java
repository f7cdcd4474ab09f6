package dev.whirl.model.activation;

import dev.whirl.model.ActivationMessages;
import dev.whirl.model.json.RawJson;
import org.jspecify.annotations.Nullable;

/// How an activation ended and what it returned (rows R-131, K-13).
///
/// @param result null only for a record that was stored without one
/// @param sizeBytes of the result, null where it was not measured
public record ActivationResponse(
        Status status, @Nullable RawJson result, @Nullable Long sizeBytes) {
    /// Codes and words of row K-13, in the order of their codes.
    public enum Status {
        SUCCESS(0, "success"),
        APPLICATION_ERROR(1, "application error"),
        DEVELOPER_ERROR(2, "action developer error"),
        WHISK_ERROR(3, "whisk internal error");

        private final int code;
        private final String text;

        Status(int code, String text) {
            this.code = code;
            this.text = text;
        }

        /// 0 to 3.
        public int code() {
            return code;
        }

        public String text() {
            return text;
        }

        /// The status of a code from 0 to 3.
        public static Status ofCode(int code) {
            for (Status each : values()) {
                if (each.code == code) {
                    return each;
                }
            }
            throw new IllegalArgumentException("no status has code " + code);
        }
    }

    private static final RawJson LOST = RawJson.object("error", RawJson.string(ActivationMessages.LOST_IN_CRASH));

    public static ActivationResponse success(RawJson result) {
        return new ActivationResponse(Status.SUCCESS, result, (long) result.sizeBytes());
    }

    /// An error that the platform words itself: the result is `{"error": sentence}`.
    public static ActivationResponse failure(Status status, String sentence) {
        return new ActivationResponse(status, RawJson.object("error", RawJson.string(sentence)), null);
    }

    /// Whether its invoker or server was lost while it may have been running: its caller may call again.
    public boolean isLost() {
        return status == Status.WHISK_ERROR && result != null && result.equals(LOST);
    }

    public boolean isSuccess() {
        return status == Status.SUCCESS;
    }
}
