package dev.whirl.cli.property;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.config.Settings;

/// `wsk property unset`: removes properties from the file.
final class PropertyUnset extends Command {
    private final Flag cert = options().flag("client certificate", "--cert");
    private final Flag key = options().flag("private key of the client certificate", "--key");
    private final Flag auth = options().flag("authorization key", "--auth");
    private final Flag apiHost = options().flag("address of the server", "--apihost");
    private final Flag apiVersion = options().flag("version of the API", "--apiversion");

    PropertyUnset() {
        super("", "remove properties from the properties file", "wsk property unset --auth");
    }

    @Override
    public int run(Session session) {
        arguments(0, 0, "No arguments are required.");
        String version = session.out().bold(Settings.DEFAULT_API_VERSION);
        var changes = new PropertyChanges();
        changes.remove(PropertyNames.CERT, cert.isSet(), "client cert unset.");
        changes.remove(PropertyNames.KEY, key.isSet(), "client key unset.");
        changes.remove(PropertyNames.AUTH, auth.isSet(), "whisk auth unset.");
        changes.remove(PropertyNames.API_HOST, apiHost.isSet(), "whisk API host unset.");
        changes.remove(
                PropertyNames.API_VERSION,
                apiVersion.isSet(),
                "whisk API version unset; the default value of " + version + " will be used.");
        changes.apply(session, "Unable to unset the property value");
        return ExitCodes.OK;
    }
}
