package dev.whirl.cli.command;

import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Options.TextOption;
import dev.whirl.cli.config.AnswerTimeout;
import dev.whirl.cli.config.Settings;
import org.jspecify.annotations.Nullable;

/// The options that every command takes, in any position. A command that has an option of the same name of its own,
/// as `property` has, keeps it.
public final class GlobalOptions {
    private final Options options = new Options();
    private final Flag verbose = options.flag("show what is sent and received", "-v", "--verbose");
    private final Flag debug = options.flag("show everything, with whole bodies", "-d", "--debug");
    private final Flag insecure = options.flag("accept any certificate of the server", "-i", "--insecure");
    private final TextOption auth = options.text("KEY", "authorization key, uuid:key", "-u", "--auth");
    private final TextOption apiHost = options.text("HOST", "address of the server", "--apihost");
    private final TextOption apiVersion = options.text("VERSION", "version of the API", "--apiversion");
    private final TextOption answerTimeout =
            options.text("SECONDS", "how long the server may be silent (80)", AnswerTimeout.OPTION);
    private final TextOption cert = options.text("FILE", "client certificate (PEM)", "--cert");
    private final TextOption key = options.text("FILE", "private key of the client certificate (PEM)", "--key");

    /// What was given about the server and the caller.
    Settings.Overrides overrides() {
        return new Settings.Overrides(apiHost.value(), auth.value(), apiVersion.value(), cert.value(), key.value());
    }

    /// How long the server may be silent, as it was written; null if it was not.
    @Nullable
    String answerTimeout() {
        return answerTimeout.value();
    }

    boolean isVerbose() {
        return verbose.isSet() || debug.isSet();
    }

    boolean isDebug() {
        return debug.isSet();
    }

    boolean isInsecure() {
        return insecure.isSet();
    }

    Options options() {
        return options;
    }
}
