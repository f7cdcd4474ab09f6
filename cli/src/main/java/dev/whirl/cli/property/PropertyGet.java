package dev.whirl.cli.property;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.CliVersion;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Options.TextOption;
import dev.whirl.cli.command.Session;
import dev.whirl.client.ApiAddress;
import dev.whirl.client.ApiInfo;
import dev.whirl.client.ClientException;
import dev.whirl.client.Credentials;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `wsk property get`: all properties, or those that are asked for. In a list the key is not shown whole, since lists
/// end up in logs and on screens that others see; who asks for the key gets it, as scripts do.
final class PropertyGet extends Command {
    private static final String UNKNOWN = "Unknown";

    private final Map<PropertyNames, Flag> wanted = new EnumMap<>(PropertyNames.class);
    private final Flag all;
    private final TextOption output;

    PropertyGet() {
        super("", "show properties", "wsk property get", "wsk property get --auth --output raw");
        want(PropertyNames.API_HOST, "address of the server", "--apihost");
        want(PropertyNames.AUTH, "authorization key", "--auth");
        want(PropertyNames.NAMESPACE, "namespace of the key; asks the server", "--namespace");
        want(PropertyNames.CERT, "client certificate", "--cert");
        want(PropertyNames.KEY, "key of the client certificate", "--key");
        want(PropertyNames.CLI_VERSION, "version of this command", "--cliversion");
        want(PropertyNames.API_VERSION, "version of the API", "--apiversion");
        want(PropertyNames.API_BUILD, "build of the server; asks it", "--apibuild");
        want(PropertyNames.API_BUILD_NUMBER, "build number of the server; asks it", "--apibuildno");
        all = options().flag("all properties", "--all");
        output = options().text("std|raw", "with raw: the value alone", "-o", "--output");
    }

    @Override
    public int run(Session session) {
        arguments(0, 0, "No arguments are required.");
        boolean isRaw = isRaw();
        List<PropertyNames> chosen = wanted.entrySet().stream()
                .filter(each -> each.getValue().isSet())
                .map(Map.Entry::getKey)
                .toList();
        boolean showsAll = all.isSet() || chosen.isEmpty();
        if (showsAll && isRaw) {
            throw CliException.general("--output|-o raw only supported with specific property type");
        }
        var server = new AskedServer(session);
        for (PropertyNames each : showsAll ? List.of(PropertyNames.values()) : chosen) {
            String value = value(each, session, server);
            boolean isMasked = each == PropertyNames.AUTH && showsAll && !value.isEmpty();
            String shown = isMasked ? new Credentials(value).toString() : value;
            String label = isRaw ? "" : each.labelAndGap();
            session.out().line(label + session.out().bold(shown));
        }
        return server.failure().map(CliException::exitCode).orElse(ExitCodes.OK);
    }

    private void want(PropertyNames name, String description, String option) {
        wanted.put(name, options().flag(description, option));
    }

    private boolean isRaw() {
        return switch (output.or("std")) {
            case "std" -> false;
            case "raw" -> true;
            default -> throw CliException.usage("Supported output format are std|raw");
        };
    }

    private static String value(PropertyNames name, Session session, AskedServer server) {
        var settings = session.settings();
        return switch (name) {
            case API_HOST -> ApiAddress.shown(settings.apiHost());
            case AUTH -> settings.auth();
            case NAMESPACE -> namespace(session);
            case CERT -> settings.cert();
            case KEY -> settings.key();
            case API_VERSION -> settings.apiVersion();
            case CLI_VERSION -> CliVersion.read();
            case API_BUILD -> server.info().map(ApiInfo::build).orElse(UNKNOWN);
            case API_BUILD_NUMBER -> server.info().map(ApiInfo::buildNumber).orElse(UNKNOWN);
        };
    }

    private static String namespace(Session session) {
        try {
            List<String> namespaces = session.call("", client -> client.namespaces());
            return namespaces.isEmpty() ? "_" : namespaces.getFirst();
        } catch (CliException _) {
            return "_";
        }
    }

    /// The server's word about itself, asked for once; a failure is told at once, on standard error.
    private static final class AskedServer {
        private final Session session;
        private boolean isAsked;
        private Optional<ApiInfo> info = Optional.empty();
        private Optional<CliException> failure = Optional.empty();

        AskedServer(Session session) {
            this.session = session;
        }

        Optional<ApiInfo> info() {
            if (!isAsked) {
                isAsked = true;
                ask();
            }
            return info;
        }

        Optional<CliException> failure() {
            failure.ifPresent(e -> e.tell(session.err()));
            return failure;
        }

        private void ask() {
            try {
                info = Optional.of(session.anyClient().info());
            } catch (ClientException e) {
                failure = Optional.of(session.failed("Unable to obtain API build information", e));
            } catch (CliException e) {
                failure = Optional.of(e);
            }
        }
    }
}
