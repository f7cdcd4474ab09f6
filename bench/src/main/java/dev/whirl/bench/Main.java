package dev.whirl.bench;

import dev.whirl.bench.Options.Output;
import dev.whirl.bench.report.Chart;
import dev.whirl.bench.report.JsonReport;
import dev.whirl.bench.report.Promises;
import dev.whirl.bench.report.Promises.Verdict;
import dev.whirl.bench.report.Report;
import dev.whirl.bench.report.TextReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Measures a platform and prints what it found: the report on standard output, progress and complaints on standard
/// error.
public final class Main {
    private static final int MEASURED = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private Main() {}

    /// @param arguments see `whirl bench --help`
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(arguments, System.out, System.err));
    }

    /// Runs with other streams: the exit code.
    static int run(String[] arguments, PrintStream out, PrintStream err) throws InterruptedException {
        var options = new Options();
        var commandLine = new CommandLine(options);
        commandLine.getCommandSpec().usageMessage().footer(Options.footer());
        try {
            commandLine.parseArgs(arguments);
        } catch (ParameterException wrong) {
            err.println("whirl bench: " + wrong.getMessage() + ". See: whirl bench --help");
            return WRONG_USAGE;
        }
        if (commandLine.isUsageHelpRequested()) {
            commandLine.usage(out);
            return MEASURED;
        }
        return measure(options, out, err);
    }

    private static int measure(Options options, PrintStream out, PrintStream err) throws InterruptedException {
        try {
            Report report = new Bench(options, line -> err.println("  " + line)).run();
            Promises promises = Promises.all();
            List<Verdict> verdicts = promises.verdicts(report);
            String json = JsonReport.of(report, verdicts);
            out.print(options.output == Output.json ? json : TextReport.of(report, verdicts));
            out.flush();
            writeFiles(options, report, json);
            report.failures().forEach(each -> err.println("whirl bench: " + each));
            boolean isKept = !options.isCheck || keepsPromises(report, promises, verdicts, err);
            return report.isComplete() && isKept ? MEASURED : FAILED;
        } catch (IllegalArgumentException wrong) {
            err.println("whirl bench: " + wrong.getMessage());
            return WRONG_USAGE;
        } catch (IOException failed) {
            err.println("whirl bench: " + failed.getMessage());
            return FAILED;
        }
    }

    private static void writeFiles(Options options, Report report, String json) throws IOException {
        if (options.json != null) {
            Files.writeString(options.json, json);
        }
        if (options.chart != null) {
            String load = options.label(Part.LOAD);
            Files.writeString(
                    options.chart,
                    Chart.of(report.parts().stream()
                            .filter(part -> part.part().equals(load))
                            .toList()));
        }
    }

    /// Says on one line each which promises are broken, and which were not measured though their scenario was.
    private static boolean keepsPromises(Report report, Promises promises, List<Verdict> verdicts, PrintStream err) {
        List<String> complaints = new ArrayList<>();
        verdicts.stream()
                .filter(Verdict::isBroken)
                .map(verdict -> "broken: " + verdict.sentence())
                .forEach(complaints::add);
        promises.unmeasured(report).stream()
                .map(promise -> "promised and not measured: " + promise.figure())
                .forEach(complaints::add);
        complaints.addAll(report.failedCalls());
        complaints.forEach(complaint -> err.println("whirl bench: " + complaint));
        return complaints.isEmpty();
    }
}
