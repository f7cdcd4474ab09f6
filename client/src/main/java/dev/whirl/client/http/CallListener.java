package dev.whirl.client.http;

/// Sees each call before it is sent and each answer after it came. What it sees holds no credentials.
public interface CallListener {
    CallListener NONE = new CallListener() {
        @Override
        public void sending(HttpCall call) {}

        @Override
        public void received(HttpReply reply) {}
    };

    void sending(HttpCall call);

    void received(HttpReply reply);

    /// A part of a large body was handed to the network.
    ///
    /// @param sentBytes of the body so far
    default void uploading(HttpCall call, long sentBytes) {}

    /// The head of the answer came, and its body, if there is one, is on its way.
    default void answering(HttpCall call) {}

    /// There is no answer to a call.
    default void failed(HttpCall call) {}

    /// Both are told.
    static CallListener both(CallListener first, CallListener second) {
        return new CallListener() {
            @Override
            public void sending(HttpCall call) {
                first.sending(call);
                second.sending(call);
            }

            @Override
            public void received(HttpReply reply) {
                first.received(reply);
                second.received(reply);
            }

            @Override
            public void failed(HttpCall call) {
                first.failed(call);
                second.failed(call);
            }

            @Override
            public void uploading(HttpCall call, long sentBytes) {
                first.uploading(call, sentBytes);
                second.uploading(call, sentBytes);
            }

            @Override
            public void answering(HttpCall call) {
                first.answering(call);
                second.answering(call);
            }
        };
    }
}
