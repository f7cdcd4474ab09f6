package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.ExitCodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What stands in the way of a deployment. It is told at once, so that all of it can be put right
/// before the next try. For one thread.
final class Findings {
    private static final int MOST_SHOWN = 50;

    /// By what they say: several checks may find the same.
    private final Map<String, CliException> found = new LinkedHashMap<>();

    /// @param sentence with the place of what is wrong, and what to do
    void add(String sentence) {
        add(CliException.usage(sentence));
    }

    void add(CliException finding) {
        found.putIfAbsent(String.valueOf(finding.getMessage()), finding);
    }

    /// Makes a check that ends with a finding, or with none.
    void of(Runnable check) {
        try {
            check.run();
        } catch (CliException e) {
            add(e);
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /// The exit code does not tell how much was found: it is the one of wrong input, unless it is only
    /// the key that the server does not take.
    ///
    /// @throws CliException with everything that was found, if there is anything
    void end() {
        if (found.size() == 1) {
            CliException only = found.values().iterator().next();
            boolean isKey = only.exitCode() == ExitCodes.ofStatus(401);
            throw isKey ? only : only.withExitCode(ExitCodes.USAGE);
        }
        if (!found.isEmpty()) {
            throw CliException.usage(
                    "%d things must be put right before anything is deployed:".formatted(found.size()), lines());
        }
    }

    private List<String> lines() {
        var lines = new ArrayList<String>();
        found.values().stream().limit(MOST_SHOWN).forEach(each -> {
            lines.add("  " + inOneLine(String.valueOf(each.getMessage())));
            each.hints().forEach(hint -> lines.add("    " + hint));
        });
        if (found.size() > MOST_SHOWN) {
            lines.add("  and %d more".formatted(found.size() - MOST_SHOWN));
        }
        lines.add("Nothing was changed.");
        return lines;
    }

    private static String inOneLine(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining(" "));
    }
}
