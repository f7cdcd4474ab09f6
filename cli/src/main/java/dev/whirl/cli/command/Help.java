package dev.whirl.cli.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What `--help` prints.
final class Help {
    private static final int WIDTH = 100;

    private Help() {}

    static void describe(CommandSpec spec, String synopsis, String summary, List<String> examples) {
        var usage = spec.usageMessage();
        usage.width(WIDTH)
                .sortOptions(false)
                .description(summary)
                .customSynopsis("")
                .optionListHeading("%nOptions:%n")
                .footer(footer(examples));
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .arity("0")
                .type(boolean.class)
                .description("show this help")
                .build());
        spec.usageMessage().synopsisHeading("Usage: ").customSynopsis(synopsis.isEmpty() ? " " : synopsis);
    }

    /// Prints the help of a command, with its whole name in front of the synopsis.
    static void print(CommandLine command, PrintStream out, boolean isColoured) {
        CommandSpec spec = command.getCommandSpec();
        String synopsis = String.join("", spec.usageMessage().customSynopsis()).strip();
        spec.usageMessage().customSynopsis((spec.qualifiedName(" ") + " [OPTIONS] " + synopsis).strip());
        command.usage(out, isColoured ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF);
    }

    private static String[] footer(List<String> examples) {
        var lines = new ArrayList<String>();
        if (!examples.isEmpty()) {
            lines.add("");
            lines.add("Examples:");
            examples.forEach(
                    example -> lines.add("  " + example.replace("%", "%%").replace("@", "@@")));
        }
        return lines.toArray(String[]::new);
    }
}
