package dev.whirl.client;

/// The server refused, normally with the error envelope of row R-6. The message is `sentence (code CODE)`.
public final class ApiErrorException extends ClientException {
    private final int status;
    private final String sentence;
    private final String code;

    public ApiErrorException(int status, String sentence, String code) {
        super(code.isEmpty() ? sentence : sentence + " (code " + code + ")", null);
        this.status = status;
        this.sentence = sentence;
        this.code = code;
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// What the server says, without the code.
    public String sentence() {
        return sentence;
    }

    /// The transaction id, to find the call in the server's logs; empty if the answer has none.
    public String code() {
        return code;
    }
}
