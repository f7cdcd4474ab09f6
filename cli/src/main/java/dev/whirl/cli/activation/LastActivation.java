package dev.whirl.cli.activation;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Options;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Session;
import dev.whirl.client.ActivationQuery;

/// The option `--last`: the latest activation instead of an id.
record LastActivation(Flag flag) {
    static LastActivation option(Options options) {
        return new LastActivation(options.flag("the latest activation", "-l", "--last"));
    }

    boolean isSet() {
        return flag.isSet();
    }

    /// Its id.
    ///
    /// @param failure such as `Unable to get activation`
    static String id(Session session, String failure) {
        String namespace = session.settings().namespace();
        var latest = session.call(failure, client -> client.activations().list(namespace, ActivationQuery.latest(1)));
        if (latest.isEmpty()) {
            throw CliException.general(failure + ": Activation list does not contain any activations.");
        }
        return latest.getFirst().id();
    }
}
