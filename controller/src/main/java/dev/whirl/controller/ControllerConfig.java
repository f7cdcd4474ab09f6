package dev.whirl.controller;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import dev.whirl.controller.access.AccessConfig;
import dev.whirl.controller.api.ActionRules;
import dev.whirl.controller.api.actions.ArchiveLimits;
import dev.whirl.controller.api.http.HttpConfig;
import dev.whirl.controller.api.http.VanityHost;
import dev.whirl.controller.events.EventsConfig;
import dev.whirl.controller.place.PlacementConfig;
import dev.whirl.model.message.ControllerId;
import java.time.Duration;

/// What an operator sets for the controller.
///
/// @param drainTimeout how long calls in flight may take to end when the server stops
public record ControllerConfig(
        ControllerId id,
        HttpConfig http,
        PlacementConfig placement,
        ArchiveLimits archives,
        AccessConfig access,
        EventsConfig events,
        Duration drainTimeout,
        ActionRules rules,
        VanityHost vanityHost) {
    public static ControllerConfig read(ConfigReader reader) {
        return new ControllerConfig(
                new ControllerId(Math.toIntExact(
                        reader.number("controller.id", 0, 0, 9_999, "Number of this controller among its equals."))),
                HttpConfig.read(reader),
                PlacementConfig.read(reader),
                new ArchiveLimits(
                        reader.size(
                                "actions.archive-max-size",
                                ByteSize.mebibytes(512),
                                "Largest size to which an archive with an action's code may unpack."),
                        reader.number(
                                "actions.archive-max-entries",
                                50_000,
                                1,
                                1_000_000,
                                "Most files in an archive with an action's code.")),
                AccessConfig.read(reader),
                EventsConfig.read(reader),
                reader.duration(
                        "controller.drain-timeout",
                        Duration.ofSeconds(30),
                        "How long calls in flight may take to end when the server stops."),
                ActionRules.read(reader),
                new VanityHost(reader.text(
                        "http.vanity-host",
                        "",
                        "Host below which each namespace has short addresses for its web actions, such as"
                                + " http://guest.localhost:3233/default/hello with localhost; empty for none.")));
    }
}
