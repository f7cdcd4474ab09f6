package dev.whirl.e2e.support;

/// Source code of functions that several suites use.
public final class Code {
    public static final String NODE = "nodejs:20";
    public static final String PYTHON = "python:3.11";
    public static final String JAVA = "java:25";

    /// Returns its argument.
    public static final String NODE_ECHO = "function main(args) { return args; }";

    /// Waits for `millis`, then returns its argument.
    public static final String NODE_SLEEP =
            "function main(args) { return new Promise(done => setTimeout(() => done(args), args.millis || 0)); }";

    /// Returns its argument.
    public static final String PYTHON_ECHO = "def main(args):\n    return args\n";

    private Code() {}

    /// A Node function with this body; its argument is `args`.
    public static String node(String body) {
        return "function main(args) { " + body + " }";
    }
}
