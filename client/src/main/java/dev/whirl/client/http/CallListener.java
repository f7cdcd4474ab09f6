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
}
