package dev.whirl.cli.packages;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.output.Terminal;
import dev.whirl.client.ApiErrorException;
import dev.whirl.client.QualifiedName;
import dev.whirl.client.WhirlClient;
import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `wsk package refresh` (row L-13). Few servers offer it.
final class PackageRefresh extends Command {
    private static final String NOT_OFFERED = "The package refresh feature is not implemented in the target deployment";

    PackageRefresh() {
        super(
                "[/NAMESPACE]",
                "bring the bindings of a namespace up to date, where the server offers that",
                "wsk package refresh");
    }

    @Override
    public int run(Session session) {
        List<String> arguments = arguments(0, 1, "An optional namespace is the only valid argument.");
        String namespace = arguments.isEmpty() ? session.settings().namespace() : namespace(session, arguments);
        RawJson changes = session.<Optional<RawJson>>call(
                        "Package refresh for namespace '%s' failed".formatted(namespace),
                        client -> refresh(client, namespace))
                .orElseThrow(() -> CliException.network(NOT_OFFERED));
        session.out().line("'%s' refreshed successfully".formatted(namespace));
        Map<String, RawJson> fields = changes.fields();
        print(session.out(), "created bindings:", fields.getOrDefault("added", RawJson.EMPTY_ARRAY));
        print(session.out(), "updated bindings:", fields.getOrDefault("updated", RawJson.EMPTY_ARRAY));
        print(session.out(), "deleted bindings:", fields.getOrDefault("deleted", RawJson.EMPTY_ARRAY));
        return ExitCodes.OK;
    }

    private static Optional<RawJson> refresh(WhirlClient client, String namespace) {
        try {
            return Optional.of(client.packages().refresh(namespace));
        } catch (ApiErrorException e) {
            if (e.status() == 404 || e.status() == 405 || e.status() == 501) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void print(Terminal out, String title, RawJson names) {
        out.line(title);
        names.elements().forEach(name -> out.line(name.asText().orElseGet(name::toString)));
    }

    private static String namespace(Session session, List<String> arguments) {
        QualifiedName place = session.name(arguments.getFirst());
        if (!place.name().isEmpty()) {
            throw CliException.usage("'%s' is not a namespace; it would be /NAMESPACE".formatted(arguments.getFirst()));
        }
        return place.namespace();
    }
}
