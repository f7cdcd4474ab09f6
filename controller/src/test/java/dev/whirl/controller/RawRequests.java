package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;

/// Requests written by hand, byte for byte, and answers as they come.
final class RawRequests {
    private RawRequests() {}

    /// All that is answered until the connection closes.
    static String exchange(int port, String request) throws IOException {
        try (var socket = new RawSocket(port)) {
            socket.send(request);
            socket.socket().shutdownOutput();
            return socket.readAll().replace("<reset>", "");
        }
    }

    /// Everything but the body.
    static String put(String name, String headers) {
        return head("PUT", "actions/" + name, headers);
    }

    /// Everything but the body.
    static String post(String path, String headers) {
        return head("POST", path, headers);
    }

    static String head(String method, String path, String headers) {
        return method + " /api/v1/namespaces/_/" + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: "
                + Http.basic(TestPlatform.GUEST.reveal()) + "\r\nContent-Type: application/json\r\n" + headers + "\r\n";
    }

    /// An error, after which the connection closes.
    static void assertEnvelope(String answer) {
        assertThat(answer.toLowerCase(Locale.ROOT)).contains("x-request-id: ", "connection: close");
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(TestPlatform.json(body).fields().keySet()).containsExactly("error", "code");
    }
}
