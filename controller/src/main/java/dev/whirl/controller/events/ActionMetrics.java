package dev.whirl.controller.events;

import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.message.UserEvent;
import dev.whirl.model.message.UserEvent.Body;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.HashSet;
import java.util.Set;

/// The meters `openwhisk_action_*` that dashboards of OpenWhisk show (row I-44). Actions, and what users vary in them,
/// are counted together under the name `other` beyond a bound. Used by one thread.
final class ActionMetrics {
    static final int MOST_KNOWN = 4_000;

    private static final String OTHER = "other";

    private static final String PREFIX = "openwhisk_action_";

    private final MeterRegistry meters;
    private final Set<String> known = new HashSet<>();

    ActionMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void count(UserEvent event) {
        switch (event.body()) {
            case Body.Activation activation -> count(event, activation);
            case Body.Metric(var name, long value) -> count(event.namespace(), name, value);
        }
    }

    private void count(String namespace, UserEvent.Name name, long value) {
        switch (name) {
            case CONCURRENT_RATE_LIMIT -> limit("limit_concurrent", namespace, value);
            case TIMED_RATE_LIMIT -> limit("limit_timed", namespace, value);
            case CONCURRENT_INVOCATIONS -> {} // a gauge of its own would lag behind `whirl_in_flight`
        }
    }

    private void limit(String name, String namespace, long value) {
        String shown = isKnown(namespace) ? namespace : OTHER;
        Counter.builder(PREFIX + name)
                .description("Times that a quota was met")
                .tags("namespace", shown, "initiator", shown)
                .register(meters)
                .increment((double) value);
    }

    private void count(UserEvent event, Body.Activation body) {
        Tags action = tags(event, body);
        counter("activations", action.and("kind", body.kind(), "memory", Long.toString(body.memoryMebibytes())))
                .increment();
        counter("status", action.and("status", status(body.statusCode()))).increment();
        counter("memory", action.and("memory", Long.toString(body.memoryMebibytes())))
                .increment();
        Timer.builder(PREFIX + "duration").tags(action).register(meters).record(body.duration());
        Timer.builder(PREFIX + "waitTime").tags(action).register(meters).record(body.waitTime());
        if (!body.initTime().isZero()) {
            counter("coldStarts", action).increment();
            Timer.builder(PREFIX + "initTime").tags(action).register(meters).record(body.initTime());
        }
        if (body.sizeBytes() != null) {
            DistributionSummary.builder(PREFIX + "response_size")
                    .baseUnit("bytes")
                    .tags(action)
                    .register(meters)
                    .record(body.sizeBytes());
        }
        if (body.userStatus() != null && body.userStatus() >= 100 && body.userStatus() < 600) {
            String code = Long.toString(body.userStatus());
            counter("status_code", action.and("status", isKnown(key(event, body) + " " + code) ? code : OTHER))
                    .increment();
        }
    }

    private Tags tags(UserEvent event, Body.Activation body) {
        String owner =
                body.name().contains("/") ? body.name().substring(0, body.name().indexOf('/')) : "";
        String name = body.name().substring(owner.isEmpty() ? 0 : owner.length() + 1);
        return isKnown(key(event, body))
                ? Tags.of("namespace", owner, "initiator", event.namespace(), "action", name)
                : Tags.of("namespace", OTHER, "initiator", OTHER, "action", OTHER);
    }

    /// The memory can be set anew with each update of an action.
    private static String key(UserEvent event, Body.Activation body) {
        return "%s %s %s %d".formatted(event.namespace(), body.name(), body.kind(), body.memoryMebibytes());
    }

    private boolean isKnown(String key) {
        return known.contains(key) || (known.size() < MOST_KNOWN && known.add(key));
    }

    private Counter counter(String name, Tags tags) {
        return Counter.builder(PREFIX + name).tags(tags).register(meters);
    }

    private static String status(int code) {
        return switch (Status.ofCode(code)) {
            case SUCCESS -> "success";
            case APPLICATION_ERROR -> "application_error";
            case DEVELOPER_ERROR -> "action_developer_error";
            case WHISK_ERROR -> "whisk_internal_error";
        };
    }
}
