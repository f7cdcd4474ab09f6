package dev.whirl.server.admin;

import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.RawJson;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `whirl admin limits set`: an option for each [Quota].
final class SetLimits implements Runnable {
    private static final String ENABLE = "--enableStoreActivations";
    private static final String DISABLE = "--disableStoreActivations";

    private final Consumer<AdminTask> task;
    private final CommandSpec spec;

    private SetLimits(Consumer<AdminTask> task) {
        this.task = task;
        this.spec = CommandSpec.wrapWithoutInspection(this);
    }

    static CommandLine command(Consumer<AdminTask> task) {
        CommandSpec spec = new SetLimits(task).spec;
        spec.name("set").mixinStandardHelpOptions(true);
        spec.usageMessage()
                .description("set limits for a given namespace; what is not given stays as it is")
                .sortOptions(false)
                .footer(
                        "",
                        "Examples:",
                        "  whirl admin limits set guest --invocationsPerMinute 120 --concurrentInvocations 30",
                        "  whirl admin limits set guest --allowedKinds nodejs:20 python:3.11");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("NAMESPACE")
                .index("0")
                .arity("1")
                .type(String.class)
                .description("the namespace to set limits for")
                .build());
        for (Quota each : Quota.values()) {
            spec.addOption(option(each));
        }
        spec.addOption(flag(ENABLE, "the same as --storeActivations yes"));
        spec.addOption(flag(DISABLE, "the same as --storeActivations no"));
        return new CommandLine(spec);
    }

    @Override
    public void run() {
        ParseResult given = spec.commandLine().getParseResult();
        NamespaceName namespace = Names.namespace(given.matchedPositionalValue(0, ""));
        var values = new EnumMap<Quota, RawJson>(Quota.class);
        for (Quota each : Quota.values()) {
            RawJson value = value(given, each);
            if (value != null) {
                values.put(each, value);
            }
        }
        if (given.hasMatchedOption(ENABLE)) {
            values.put(Quota.STORE, RawJson.TRUE);
        }
        if (given.hasMatchedOption(DISABLE)) {
            values.put(Quota.STORE, RawJson.FALSE);
        }
        Map<Quota, RawJson> asked = Map.copyOf(values);
        task.accept(new AdminTask.OnStore((place, out) -> new Quotas(place, out).set(namespace, asked), true));
    }

    private static @Nullable RawJson value(ParseResult given, Quota quota) {
        if (!given.hasMatchedOption("--" + quota.label)) {
            return null;
        }
        OptionSpec option = Objects.requireNonNull(given.matchedOption("--" + quota.label));
        return switch (quota.form) {
            case NUMBER -> number(quota, option.getValue());
            case TEXT -> RawJson.string(option.<String>getValue());
            case TEXTS -> Quota.texts(option.<List<String>>getValue());
            case FLAG -> flag(quota, option.getValue());
        };
    }

    private static RawJson number(Quota quota, int value) {
        if (value < 0) {
            throw new MisuseException("--%s must not be negative".formatted(quota.label));
        }
        return RawJson.number(value);
    }

    private static RawJson flag(Quota quota, String value) {
        return switch (value) {
            case "yes", "true" -> RawJson.TRUE;
            case "no", "false" -> RawJson.FALSE;
            default -> throw new MisuseException("--%s is yes or no".formatted(quota.label));
        };
    }

    private static OptionSpec option(Quota quota) {
        OptionSpec.Builder option = OptionSpec.builder("--" + quota.label).description(quota.meaning);
        return switch (quota.form) {
            case NUMBER -> option.type(int.class).paramLabel("N").build();
            case TEXT -> option.type(String.class).paramLabel("VALUE").build();
            case TEXTS ->
                option.type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("1..*")
                        .paramLabel("KIND")
                        .build();
            case FLAG -> option.type(String.class).paramLabel("yes|no").build();
        };
    }

    private static OptionSpec flag(String name, String meaning) {
        return OptionSpec.builder(name).type(boolean.class).description(meaning).build();
    }
}
