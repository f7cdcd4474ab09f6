package dev.whirl.cli.command;

import dev.whirl.cli.config.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/// The options that every command takes, in any position. A command that has an option of the same name of its own,
/// as `property` has, keeps it.
public final class GlobalOptions {
    private @Nullable String apiHost;
    private @Nullable String auth;
    private @Nullable String apiVersion;
    private @Nullable String cert;
    private @Nullable String key;
    private boolean isVerbose;
    private boolean isDebug;
    private boolean isInsecure;

    /// What was given about the server and the caller.
    Settings.Overrides overrides() {
        return new Settings.Overrides(apiHost, auth, apiVersion, cert, key);
    }

    boolean isVerbose() {
        return isVerbose || isDebug;
    }

    boolean isDebug() {
        return isDebug;
    }

    boolean isInsecure() {
        return isInsecure;
    }

    /// @param isShown in the help of this command; the others only point to it
    void addTo(CommandSpec spec, boolean isShown) {
        flag(spec, isShown, () -> isVerbose = true, "show what is sent and received", "-v", "--verbose");
        flag(spec, isShown, () -> isDebug = true, "show everything, with whole bodies", "-d", "--debug");
        flag(spec, isShown, () -> isInsecure = true, "accept any certificate of the server", "-i", "--insecure");
        value(spec, isShown, text -> auth = text, "KEY", "authorization key, uuid:key", "-u", "--auth");
        value(spec, isShown, text -> apiHost = text, "HOST", "address of the server", "--apihost");
        value(spec, isShown, text -> apiVersion = text, "VERSION", "version of the API", "--apiversion");
        value(spec, isShown, text -> cert = text, "FILE", "client certificate (PEM)", "--cert");
        value(spec, isShown, text -> key = text, "FILE", "private key of the client certificate (PEM)", "--key");
    }

    private static void flag(CommandSpec spec, boolean isShown, Runnable set, String description, String... names) {
        add(
                spec,
                OptionSpec.builder(names)
                        .type(boolean.class)
                        .arity("0")
                        .hidden(!isShown)
                        .description(description)
                        .setter(whenTrue(set)),
                names);
    }

    private static void value(
            CommandSpec spec, boolean isShown, TextSetter set, String label, String description, String... names) {
        add(
                spec,
                OptionSpec.builder(names)
                        .type(String.class)
                        .arity("1")
                        .paramLabel(label)
                        .hidden(!isShown)
                        .description(description)
                        .setter(whenGiven(set)),
                names);
    }

    private static void add(CommandSpec spec, OptionSpec.Builder option, String... names) {
        for (String name : names) {
            if (spec.optionsMap().containsKey(name)) {
                return;
            }
        }
        spec.addOption(option.build());
    }

    /// Takes the value of an option with text.
    private interface TextSetter {
        void set(String text);
    }

    /// The parser also sets initial values, for each level of the command line anew: these must not count.
    private static ISetter whenTrue(Runnable set) {
        return new ISetter() {
            @Override
            @SuppressWarnings("NullAway") // the parser allows null
            public <T> @Nullable T set(@Nullable T value) {
                if (Boolean.TRUE.equals(value)) {
                    set.run();
                }
                return null;
            }
        };
    }

    private static ISetter whenGiven(TextSetter set) {
        return new ISetter() {
            @Override
            @SuppressWarnings("NullAway") // the parser allows null
            public <T> @Nullable T set(@Nullable T value) {
                if (value instanceof String text) {
                    set.set(text);
                }
                return null;
            }
        };
    }
}
