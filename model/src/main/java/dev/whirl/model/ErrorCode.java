package dev.whirl.model;

/// How a request can end badly: the HTTP status and, where there is one, the default sentence (rows R-6, 1.11).
public enum ErrorCode {
    BAD_REQUEST(400, "The request was malformed."),
    UNAUTHENTICATED(401, "The supplied authentication is invalid"),
    FORBIDDEN(403, "The supplied authentication is not authorized to access this resource."),
    NOT_FOUND(404, "The requested resource does not exist."),
    METHOD_NOT_ALLOWED(405, "HTTP method not allowed"),
    REQUEST_TIMEOUT(408, "The request was not received in time."),
    CONFLICT(409, "Concurrent modification to resource detected."),
    TOO_LARGE(413, "The request is larger than allowed."),
    URI_TOO_LONG(414, "The address is longer than allowed."),
    UNSUPPORTED_MEDIA_TYPE(415, "The request's Content-Type is not supported."),
    UNPROCESSABLE(422, "The request was well-formed but cannot be processed."),
    TOO_MANY_REQUESTS(429, "Too many requests."),
    INTERNAL(500, "There was an internal server error."),
    OVERLOADED(503, "The server is currently unavailable (because it is overloaded or down for maintenance).");

    private final int status;
    private final String sentence;

    ErrorCode(int status, String sentence) {
        this.status = status;
        this.sentence = sentence;
    }

    public int status() {
        return status;
    }

    /// What to say when there is nothing more exact.
    public String sentence() {
        return sentence;
    }
}
