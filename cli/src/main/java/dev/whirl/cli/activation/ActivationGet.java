package dev.whirl.cli.activation;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.OutputOption;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.output.LogLines;
import dev.whirl.cli.output.Terminal;
import dev.whirl.client.ActivationDocument;
import dev.whirl.model.json.RawJson;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// `wsk activation get` (row L-7).
final class ActivationGet extends Command {
    /// Fields that may be asked for, in lower case, with their names in the record.
    private static final Map<String, String> ODD_FIELDS =
            Map.of("activationid", "activationId", "statuscode", "statusCode");

    private static final Set<String> FIELDS = Set.of(
            "namespace",
            "name",
            "version",
            "subject",
            "activationid",
            "cause",
            "start",
            "end",
            "duration",
            "statuscode",
            "response",
            "logs",
            "annotations",
            "publish");

    private final Flag summary = options().flag("only how it ended and its result", "-s", "--summary");
    private final LastActivation last = LastActivation.option(options());
    private final OutputOption output = OutputOption.of(options());
    private final Flag logs = options().flag("only its logs, without times", "-g", "--logs");

    ActivationGet() {
        super(
                "(ACTIVATION_ID | --last) [FIELD]",
                "show the record of an activation, or one field of it",
                "wsk activation get 44794bd6aab74415b4e42a308d880e5b",
                "wsk activation get --last response",
                "wsk activation get --last --summary");
    }

    @Override
    public int run(Session session) {
        int idArguments = last.isSet() ? 0 : 1;
        List<String> arguments = arguments(idArguments, idArguments + 1, "An activation ID is required.");
        String field = arguments.size() > idArguments ? field(arguments.getLast()) : "";
        String id = last.isSet() ? LastActivation.id(session, "Unable to get activation") : arguments.getFirst();
        ActivationDocument activation = session.call(
                "Unable to get activation '%s'".formatted(id),
                client -> client.activations().get(session.settings().namespace(), id));
        print(session, activation, id, field);
        return ExitCodes.OK;
    }

    private void print(Session session, ActivationDocument activation, String id, String field) {
        var out = session.out();
        if (summary.isSet()) {
            out.line("activation result for '/%s/%s' (%s at %s)"
                    .formatted(
                            activation.namespace(),
                            activation.name(),
                            activation.statusText(),
                            end(session, activation)));
            out.json(activation.result());
        } else if (logs.isSet()) {
            activation.logs().forEach(line -> out.line(LogLines.stripped(line)));
        } else {
            String name = field.toLowerCase(Locale.ROOT);
            RawJson shown = field.isEmpty()
                    ? activation.json()
                    : activation.fields().getOrDefault(ODD_FIELDS.getOrDefault(name, name), RawJson.NULL);
            print(out, id, field, shown);
        }
    }

    private void print(Terminal out, String id, String field, RawJson shown) {
        if (!output.printed(out, shown)) {
            String display = field.isEmpty() ? "" : ", displaying field " + out.bold(field);
            out.ok("got activation " + out.bold(id) + display);
            out.json(shown);
        }
    }

    private static String field(String name) {
        if (!FIELDS.contains(name.toLowerCase(Locale.ROOT))) {
            throw CliException.general("Invalid field filter '%s'.".formatted(name));
        }
        return name;
    }

    private static String end(Session session, ActivationDocument activation) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z z", Locale.ROOT)
                .format(Instant.ofEpochMilli(activation.endMillis().orElse(0L) / 1000 * 1000)
                        .atZone(session.surroundings().place().zone().get()));
    }
}
