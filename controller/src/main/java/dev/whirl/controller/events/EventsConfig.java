package dev.whirl.controller.events;

import dev.whirl.common.config.ConfigReader;

/// Who is told what users' activations came to.
///
/// @param enabled whether events go to the bus
/// @param metrics whether they are counted as `openwhisk_action_*`
public record EventsConfig(boolean enabled, boolean metrics) {
    public static final EventsConfig OFF = new EventsConfig(false, false);

    public static EventsConfig read(ConfigReader reader) {
        return new EventsConfig(
                reader.flag(
                        "events.enabled",
                        OFF.enabled,
                        "Whether an event about each activation and each met quota goes to the bus."),
                reader.flag(
                        "events.metrics",
                        OFF.metrics,
                        "Whether activations are counted by namespace and action, as openwhisk_action_*."));
    }
}
