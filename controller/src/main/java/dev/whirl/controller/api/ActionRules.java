package dev.whirl.controller.api;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.model.activation.StorageRules;
import dev.whirl.model.secret.ParameterEncryption;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// What an operator decides about actions, their parameters and their records.
///
/// @param encryption of parameters, when they are stored (row R-73)
/// @param kinds that every namespace may use, beside those of its own; empty: all kinds (row R-70)
/// @param withholdsApiKey whether a new action is not given its caller's key unless it says otherwise (row R-66)
/// @param records which activations leave a record (row R-139)
public record ActionRules(
        ParameterEncryption encryption, Set<String> kinds, boolean withholdsApiKey, StorageRules records) {
    public static final ActionRules STANDARD =
            new ActionRules(ParameterEncryption.OFF, Set.of(), true, StorageRules.ALL);

    public ActionRules {
        kinds = Set.copyOf(kinds);
    }

    public static ActionRules read(ConfigReader reader) {
        return new ActionRules(
                ParameterEncryption.read(reader),
                names(reader.text(
                        "actions.kinds",
                        "",
                        "Kinds that every namespace may use, with commas between; empty means all. A namespace can be"
                                + " allowed more.")),
                reader.flag(
                        "actions.withhold-api-key",
                        true,
                        "Whether a new action is not given its caller's key unless its annotations ask for it."),
                StorageRules.read(reader));
    }

    private static Set<String> names(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
