package dev.whirl.cli.project;

import dev.whirl.cli.output.Terminal;

/// Says what is going on, step by step.
///
/// @param isSilent for those who tell it themselves
record Progress(Terminal out, boolean isSilent) {
    void info(String text) {
        if (!isSilent) {
            out.line("Info: " + text);
            out.stream().flush();
        }
    }

    void success(String text) {
        out.line(out.green("Success:") + " " + text);
    }
}
