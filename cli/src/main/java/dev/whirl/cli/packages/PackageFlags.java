package dev.whirl.cli.packages;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.KeyValueOptions;
import dev.whirl.cli.command.Options;
import dev.whirl.cli.command.Options.TextOption;
import dev.whirl.client.EntityUpdate;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The options that creating and updating a package share (row L-11).
final class PackageFlags {
    private final KeyValueOptions annotations;
    private final KeyValueOptions parameters;
    private final TextOption shared;

    PackageFlags(Options options) {
        annotations = KeyValueOptions.annotations(options);
        parameters = KeyValueOptions.parameters(options);
        shared = options.text("SCOPE", "yes: others may use it; no: they may not", "--shared");
    }

    /// What is to be set; what was not given stays as it is.
    EntityUpdate update(Path folder) {
        return new EntityUpdate(parameters.keyValuesOrNull(folder), annotations.keyValuesOrNull(folder));
    }

    @Nullable
    Boolean isShared() {
        String scope = shared.value();
        if (scope == null) {
            return null;
        }
        return switch (scope.toLowerCase(Locale.ROOT)) {
            case "yes" -> true;
            case "no" -> false;
            default ->
                throw CliException.usage(
                        "Cannot use value '%s' for shared. It must be 'yes' or 'no'.".formatted(scope));
        };
    }
}
