package dev.whirl.cli.output;

import dev.whirl.model.json.RawJson;
import java.io.PrintStream;

/// Standard output or standard error, with colours if it is a terminal and the user has nothing against them.
public record Terminal(PrintStream stream, boolean isTerminal, boolean isColoured) {
    /// Text as it is for a file or another program; for a terminal without what is not merely text.
    public void line(String text) {
        text(text + "\n");
    }

    /// The same without a line break at the end.
    public void text(String text) {
        stream.print(isTerminal ? Printable.of(text) : text);
    }

    /// Whether nobody can see any more what is written, as when a pipe's other end has gone.
    public boolean isClosed() {
        return stream.checkError();
    }

    /// A line that says what was done.
    public void ok(String text) {
        line(coloured("32", "ok:") + " " + text);
    }

    /// A line that says what went wrong.
    public void error(String text) {
        line(coloured("31", "error:") + " " + text);
    }

    /// A line about something that may not be meant so.
    public void warning(String text) {
        line(coloured("33", "warning:") + " " + text);
    }

    public String red(String text) {
        return coloured("31", text);
    }

    public String green(String text) {
        return coloured("32", text);
    }

    /// A value, indented by four spaces (row L-24).
    public void json(RawJson value) {
        line(JsonIndent.indented(value));
    }

    public String bold(String text) {
        return coloured("1", text);
    }

    private String coloured(String code, String text) {
        return isColoured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
