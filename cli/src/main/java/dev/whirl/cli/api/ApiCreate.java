package dev.whirl.cli.api;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.TextOption;
import dev.whirl.cli.command.Session;
import dev.whirl.client.ActionDocument;
import dev.whirl.client.ApiDescription;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.json.RawJson;
import java.util.List;

/// `wsk api create` (rows L-18, L-24, G-8).
final class ApiCreate extends Command {
    private static final String REQUIREMENT =
            "Specify a swagger file or specify an API base path with an API path, an API verb, and an action name.";

    private final TextOption apiName = options().text("NAME", "name of the API (its base path)", "-n", "--apiname");
    private final TextOption configFile =
            options().text("FILE", "an OpenAPI 2.0 document, in JSON or YAML", "-c", "--config-file");
    private final TextOption responseType =
            options().text("TYPE", "how the action answers: json, http, html, text or svg (json)", "--response-type");

    ApiCreate() {
        super(
                "([BASE_PATH] API_PATH API_VERB ACTION | --config-file FILE)",
                "put a web action behind an address of the API gateway",
                "wsk api create /shop /orders get orders/list --response-type http",
                "wsk api create /shop /orders/{id} get orders/read --response-type http --apiname 'The shop'",
                "wsk api create --config-file shop.yaml");
    }

    @Override
    public int run(Session session) {
        String file = configFile.value();
        String type = type();
        if (file != null && arguments(0, 4, REQUIREMENT).isEmpty()) {
            RawJson document = ApiFile.read(session.surroundings().workingFolder(), file);
            ApiDescription created = create(
                    session,
                    type,
                    ApiFile.apiDocument(document, session.settings().namespace()));
            created.operations().forEach(operation -> print(session, created, operation));
            return ExitCodes.OK;
        }
        createOperation(session, type, arguments(3, 4, REQUIREMENT));
        return ExitCodes.OK;
    }

    private void createOperation(Session session, String type, List<String> arguments) {
        ApiTarget target = ApiTarget.read(arguments.subList(0, arguments.size() - 1));
        ResponseTypes.requireFor(target, type);
        if (target.isNamed() && apiName.isSet()) {
            throw CliException.misunderstood("An API name can only be specified once.");
        }
        QualifiedName written = session.name(arguments.getLast());
        ActionDocument action = webAction(session, written);
        var backend = ApiTarget.Backend.of(session, action, type);
        ApiDescription created = create(session, type, target.toJson(backend, apiName.value()));
        var out = session.out();
        out.ok("created API %s %s for action %s"
                .formatted(target.fullPath(), target.verb(), out.bold(written.toString())));
        out.line(created.url() + target.path());
    }

    private static ApiDescription create(Session session, String type, RawJson document) {
        return Gateway.call(session, "Unable to create API", (apis, caller) -> apis.create(caller, type, document));
    }

    private static ActionDocument webAction(Session session, QualifiedName name) {
        ActionDocument action = session.callFor(
                name,
                Collection.ACTIONS,
                "Unable to get action '%s'".formatted(name.entityName()),
                client -> client.actions().get(name, false));
        if (!action.isWebAction()) {
            throw CliException.misunderstood(
                    "API action '%s' is not a web action. Issue 'wsk action update \"%s\" --web true' to convert the action to a web action."
                            .formatted(name.entityName(), name.entityName()));
        }
        return action;
    }

    private String type() {
        String type = responseType.or("json");
        ResponseTypes.require(type);
        return type;
    }

    private static void print(Session session, ApiDescription api, ApiDescription.Operation operation) {
        var out = session.out();
        String base = api.basePath().equals("/") ? "" : api.basePath();
        String action = operation.action().isEmpty() ? "" : " for action " + out.bold(operation.action());
        out.ok("created API %s%s %s%s".formatted(base, operation.path(), operation.verb(), action));
        out.line(api.url() + operation.path());
    }
}
