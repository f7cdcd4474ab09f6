package dev.whirl.cli.output;

import dev.whirl.model.json.RawJson;
import java.io.PrintStream;
import java.util.Map;
import java.util.stream.Collectors;

/// Standard output or standard error, with colours if it is a terminal and the user has nothing against them.
public record Terminal(PrintStream stream, boolean isTerminal, boolean isColoured) {
    /// To the start of the line, which is emptied.
    private static final String ERASED = "\r\u001b[K";

    /// What the environment lets be coloured: `NO_COLOR` forbids it, whatever it says.
    public static Terminal of(PrintStream stream, boolean isTerminal, Map<String, String> environment) {
        return new Terminal(
                stream,
                isTerminal,
                isTerminal && environment.getOrDefault("NO_COLOR", "").isEmpty());
    }

    /// One line: text as it is for a file or another program; for a terminal without what is not merely text, so that
    /// text of others cannot look like a line of this command.
    public void line(String text) {
        stream.print((isTerminal ? Printable.line(text) : text) + "\n");
    }

    /// The same of text that has its own line breaks.
    public void text(String text) {
        stream.print(isTerminal ? Printable.of(text) : text);
    }

    /// A line in the place of what stands in the last one so far, as a bar that moves. Only for a terminal.
    public void lineInstead(String text) {
        stream.print(ERASED + Printable.line(text) + "\n");
        stream.flush();
    }

    /// Takes away what stands in the last line so far. Only for a terminal.
    public void eraseLine() {
        stream.print(ERASED);
        stream.flush();
    }

    /// Whether nobody can see any more what is written, as when a pipe's other end has gone.
    public boolean isClosed() {
        return stream.checkError();
    }

    /// A line that says what was done.
    public void ok(String text) {
        line(green("ok:") + " " + inOneLine(text));
    }

    /// A line that says what went wrong.
    public void error(String text) {
        line(red("error:") + " " + inOneLine(text));
    }

    /// A line about something that may not be meant so.
    public void warning(String text) {
        line(yellow("warning:") + " " + inOneLine(text));
    }

    public String red(String text) {
        return coloured("31", text);
    }

    public String yellow(String text) {
        return coloured("33", text);
    }

    public String green(String text) {
        return coloured("32", text);
    }

    /// A value, indented by four spaces (row L-24).
    public void json(RawJson value) {
        text(JsonIndent.indented(value) + "\n");
    }

    /// For scripts, too, a message is one line. Servers break theirs, as after `The request content was malformed:`.
    private static String inOneLine(String text) {
        return text.indexOf('\n') < 0
                ? text
                : text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.joining(" "));
    }

    public String bold(String text) {
        return coloured("1", text);
    }

    private String coloured(String code, String text) {
        return isColoured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
