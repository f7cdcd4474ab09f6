package dev.whirl.controller.api.actions;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.entity.ActionLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Limits as a PUT gives them: null means not given (row R-65). Checked, so that they can be merged.
record LimitsPut(
        @Nullable Duration timeout,
        @Nullable ByteSize memory,
        @Nullable ByteSize logs,
        @Nullable Integer concurrency,
        @Nullable Integer instances) {
    static final LimitsPut NONE = new LimitsPut(null, null, null, null, null);

    ActionLimits over(ActionLimits base) {
        return new ActionLimits(
                timeout == null ? base.timeout() : timeout,
                memory == null ? base.memory() : memory,
                logs == null ? base.logs() : logs,
                concurrency == null ? base.concurrency() : concurrency,
                instances == null ? base.instances() : instances);
    }
}
