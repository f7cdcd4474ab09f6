package dev.whirl.cli.property;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.TextOption;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.config.ApiHostProblem;
import dev.whirl.cli.config.Settings;
import dev.whirl.client.ApiAddress;

/// `wsk property set`: writes properties to the file.
final class PropertySet extends Command {
    private final TextOption cert = options().text("FILE", "client certificate (PEM)", "--cert");
    private final TextOption key = options().text("FILE", "private key of the client certificate (PEM)", "--key");
    private final TextOption auth = options().text("KEY", "authorization key, uuid:key", "-u", "--auth");
    private final TextOption apiHost = options().text("HOST", "address of the server", "--apihost");
    private final TextOption apiVersion = options().text("VERSION", "version of the API", "--apiversion");

    PropertySet() {
        super(
                "",
                "write properties to the properties file",
                "wsk property set --apihost http://localhost:3233 --auth UUID:KEY");
    }

    @Override
    public int run(Session session) {
        arguments(0, 0, "No arguments are required.");
        String host = session.out().bold(apiHost.or(""));
        String version = session.out().bold(apiVersion.or(""));
        var changes = new PropertyChanges();
        changes.set(PropertyNames.CERT, cert.value(), isSet("client cert", "cert"));
        changes.set(PropertyNames.KEY, key.value(), isSet("client key", "key"));
        changes.set(PropertyNames.AUTH, auth.value(), isSet("whisk auth", "auth"));
        changes.set(PropertyNames.API_HOST, apiHost.value(), "whisk API host set to " + host);
        changes.set(PropertyNames.API_VERSION, apiVersion.value(), "whisk API version set to " + version);
        check(apiHost.or(""));
        changes.apply(session, "Unable to set the property value(s)");
        return ExitCodes.OK;
    }

    private static String isSet(String label, String option) {
        return "%s set. Run 'wsk property get --%s' to see the new value.".formatted(label, option);
    }

    private static void check(String host) {
        try {
            if (!host.isEmpty()) {
                ApiAddress.parse(host, Settings.DEFAULT_API_VERSION);
            }
        } catch (IllegalArgumentException e) {
            throw CliException.misunderstood("Unable to set API host value; the API host value '%s' is invalid: %s"
                    .formatted(ApiAddress.shown(host), ApiHostProblem.of(host, e)));
        }
    }
}
