package dev.whirl.cli.api;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Options.TextOption;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.output.YamlText;
import dev.whirl.client.ApiDescription;
import dev.whirl.client.ApiQuery;
import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.Locale;

/// `wsk api get` (row L-19).
final class ApiGet extends Command {
    private final Flag full = options().flag("also what the gateway knows beyond the document", "-f", "--full");
    private final TextOption format =
            options().text("TYPE", "json or yaml; table: as json (json)", "-o", "--output", "--format");

    ApiGet() {
        super(
                "(BASE_PATH | API_NAME)",
                "show an API as an OpenAPI 2.0 document",
                "wsk api get /shop",
                "wsk api get /shop --format yaml > shop.yaml");
    }

    @Override
    public int run(Session session) {
        String base =
                arguments(1, 1, "An API base path or API name is required.").getFirst();
        boolean isYaml = isYaml();
        List<ApiDescription> found = Gateway.call(
                session,
                "Unable to get API '%s'".formatted(base),
                (apis, caller) -> apis.list(caller, new ApiQuery(base, null, null), null));
        if (found.isEmpty()) {
            throw CliException.general(
                    base.startsWith("/")
                            ? "API does not exist for basepath " + base
                            : "API does not exist for API name " + base);
        }
        RawJson shown =
                full.isSet() ? found.getFirst().json() : found.getFirst().document();
        if (isYaml) {
            session.out().text(YamlText.of(shown));
        } else {
            session.out().json(shown);
        }
        return ExitCodes.OK;
    }

    private boolean isYaml() {
        return switch (format.or("json").toLowerCase(Locale.ROOT)) {
            case "yaml" -> true;
            case "json", "table" -> false;
            default -> throw CliException.general("Invalid format type: " + format.value());
        };
    }
}
