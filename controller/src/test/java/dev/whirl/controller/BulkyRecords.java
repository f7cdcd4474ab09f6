package dev.whirl.controller;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Version;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Writes records with large logs for the guest, as an invoker would.
final class BulkyRecords {
    private static final int LINE = 64 * 1024;

    private final TestPlatform platform;

    BulkyRecords(TestPlatform platform) {
        this.platform = platform;
    }

    /// @return its id
    String add(int logBytes) {
        ActivationId id = ActivationId.random();
        List<String> lines = new ArrayList<>();
        for (int written = 0; written < logBytes; written += LINE) {
            lines.add("l".repeat(LINE));
        }
        platform.stores()
                .activations()
                .record(new Activation(
                        new NamespaceName("guest"),
                        new EntityName("bulky"),
                        Version.FIRST,
                        "guest",
                        id,
                        Instant.now(),
                        Instant.now(),
                        Duration.ZERO,
                        null,
                        ActivationResponse.success(RawJson.EMPTY_OBJECT),
                        lines,
                        Annotations.NONE));
        return id.value();
    }
}
