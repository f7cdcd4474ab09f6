package dev.whirl.server.admin;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `whirl admin syslog`: the last lines that a running server logged.
@Command(name = "syslog", description = "get system logs", mixinStandardHelpOptions = true)
final class SyslogCommands {
    private final Consumer<AdminTask> task;

    SyslogCommands(Consumer<AdminTask> task) {
        this.task = task;
    }

    @Command(
            name = "get",
            description = "get the last lines of the log of the running server",
            mixinStandardHelpOptions = true)
    void get(
            @Parameters(
                            paramLabel = "COMPONENT",
                            arity = "0..*",
                            description = "only of these components: controller, invoker, store, sandbox, server")
                    @Nullable
                    List<String> components,
            @Option(
                            names = {"-t", "--tid"},
                            paramLabel = "ID",
                            description = "only of the transaction with this id")
                    @Nullable
                    String transaction,
            @Option(
                            names = {"-g", "--grep"},
                            paramLabel = "EXPRESSION",
                            description = "only lines that match this regular expression")
                    @Nullable
                    String expression) {
        Predicate<LogLine> wanted = of(components == null ? List.of() : components);
        if (transaction != null) {
            String pair = "transaction=\"" + transaction + "\"";
            wanted = wanted.and(line -> line.text().contains(pair));
        }
        if (expression != null) {
            Predicate<String> matches = compiled(expression).asPredicate();
            wanted = wanted.and(line -> matches.test(line.text()));
        }
        Predicate<LogLine> all = wanted;
        task.accept(new AdminTask.OnStore((place, out) -> print(place, all, out), true));
    }

    private static int print(Administered place, Predicate<LogLine> wanted, Consumer<String> out) {
        List<LogLine> lines = place.recentLog().orElse(null);
        if (lines == null) {
            out.accept("No server runs on this data: its log is where its standard error went.");
            return AdminTask.FAILED;
        }
        lines.stream().filter(wanted).map(LogLine::text).forEach(out);
        return AdminTask.DONE;
    }

    /// `controller0` is the controller, as there are no others in this process.
    private static Predicate<LogLine> of(List<String> components) {
        Set<String> names =
                components.stream().map(each -> each.replaceAll("\\d+$", "")).collect(Collectors.toSet());
        return line -> names.isEmpty() || names.contains(line.component());
    }

    private static Pattern compiled(String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new MisuseException("not a regular expression: " + e.getDescription());
        }
    }
}
