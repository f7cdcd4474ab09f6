package dev.whirl.cli.action;

import dev.whirl.cli.action.Artifact.ExecFlags;
import dev.whirl.cli.command.KeyValueOptions;
import dev.whirl.cli.command.Options;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Options.NumberOption;
import dev.whirl.cli.command.Options.TextOption;
import dev.whirl.client.LimitsUpdate;
import org.jspecify.annotations.Nullable;

/// The options that creating and updating an action share (rows L-1, L-2).
final class ActionFlags {
    static final String ARTIFACT_REQUIRED = "An action name and code artifact are required.";

    private final Flag isNative;
    private final TextOption docker;
    private final Flag copy;
    private final Flag sequence;
    private final TextOption kind;
    private final TextOption main;
    private final NumberOption timeout;
    private final NumberOption memory;
    private final NumberOption logSize;
    private final NumberOption concurrency;
    private final KeyValueOptions annotations;
    private final KeyValueOptions parameters;
    private final TextOption web;
    private final TextOption webSecure;

    ActionFlags(Options options) {
        isNative = options.flag("FILE is an executable, or a zip with one", "--native");
        docker = options.text("IMAGE", "run the action in this image", "--docker");
        copy = options.flag("FILE is the name of an action to copy", "--copy");
        sequence = options.flag("FILE is a list of actions to run in sequence: a,b,c", "--sequence");
        kind = options.text("KIND", "the runtime, such as nodejs:20 or python:default", "--kind");
        main = options.text("MAIN", "the function or class to start with", "--main");
        timeout = options.number("MILLIS", "end the action after MILLIS (60000)", "-t", "--timeout");
        memory = options.number("MB", "memory of the action (256)", "-m", "--memory");
        logSize = options.number("MB", "most logs of one activation (10)", "-l", "--logsize");
        concurrency = options.number("N", "calls at once in one sandbox (1)", "-c", "--concurrency");
        annotations = KeyValueOptions.annotations(options);
        parameters = KeyValueOptions.parameters(options);
        web = options.text("MODE", "callable over the web: yes, raw or no", "--web");
        webSecure = options.text("SECRET", "secret of a web action: true, false or text", "--web-secure");
    }

    ExecFlags exec() {
        return new ExecFlags(kind.value(), docker.value(), isNative.isSet(), main.value());
    }

    LimitsUpdate limits() {
        return new LimitsUpdate(timeout.value(), memory.value(), logSize.value(), concurrency.value());
    }

    boolean isCopy() {
        return copy.isSet();
    }

    boolean isSequence() {
        return sequence.isSet();
    }

    boolean hasImage() {
        return docker.isSet();
    }

    KeyValueOptions annotations() {
        return annotations;
    }

    KeyValueOptions parameters() {
        return parameters;
    }

    @Nullable
    String web() {
        return web.value();
    }

    @Nullable
    String webSecure() {
        return webSecure.value();
    }
}
