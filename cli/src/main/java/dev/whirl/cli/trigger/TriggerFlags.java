package dev.whirl.cli.trigger;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.KeyValueOptions;
import dev.whirl.cli.command.Options;
import dev.whirl.client.KeyValues;
import dev.whirl.model.json.RawJson;
import java.nio.file.Path;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The options that creating and updating a trigger share (rows L-15, L-16). `--param` is for the feed if there is
/// one, and for the trigger otherwise; `--feed-param` and `--trigger-param` say which.
final class TriggerFlags {
    private final KeyValueOptions annotations;
    private final KeyValueOptions parameters;
    private final KeyValueOptions feedParameters;
    private final KeyValueOptions triggerParameters;

    TriggerFlags(Options options) {
        annotations = KeyValueOptions.annotations(options);
        parameters = KeyValueOptions.parameters(options);
        feedParameters = KeyValueOptions.feedParameters(options);
        triggerParameters = KeyValueOptions.triggerParameters(options);
    }

    /// @throws CliException if the options contradict each other
    void check() {
        if (parameters.isSet() && (feedParameters.isSet() || triggerParameters.isSet())) {
            throw CliException.usage(
                    "Incorrect usage. Cannot combine --feed-param or --trigger-param flag with --param flag");
        }
    }

    boolean hasFeedParameters() {
        return feedParameters.isSet();
    }

    /// Whether there is anything for a feed.
    boolean concernsFeed() {
        return feedParameters.isSet() || parameters.isSet();
    }

    /// What the feed is told.
    SequencedMap<String, RawJson> forFeed(Path folder) {
        return (parameters.isSet() ? parameters : feedParameters).fields(folder);
    }

    /// What the trigger itself is given; null if nothing was said.
    @Nullable
    KeyValues forTrigger(boolean hasFeed, Path folder) {
        return (hasFeed || triggerParameters.isSet() ? triggerParameters : parameters).keyValuesOrNull(folder);
    }

    @Nullable
    KeyValues annotations(Path folder) {
        return annotations.keyValuesOrNull(folder);
    }
}
