package dev.whirl.gateway.document;

/// Where requests go on to.
///
/// Paths may hold parameters in braces; they are as in an address, so that all else is escaped already.
public sealed interface Target {
    String path();

    /// What answers, whatever it is asked: the server, or the web action.
    String answerer();

    /// Whether the caller's path below the base path is added: `$(request.path)`.
    boolean addsPath();

    /// A web action of this installation.
    ///
    /// @param path `/api/v1/web/namespace/package/action.ext`
    record WebAction(String path, boolean addsPath) implements Target {
        @Override
        public String answerer() {
            return path;
        }
    }

    /// Another server, which the operator allowed.
    ///
    /// @param origin scheme, host and port
    record Remote(String origin, String path, boolean addsPath) implements Target {
        @Override
        public String answerer() {
            return origin;
        }
    }
}
