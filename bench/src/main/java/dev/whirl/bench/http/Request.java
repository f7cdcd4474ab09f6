package dev.whirl.bench.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Base64;

/// One HTTP/1.1 request as the bytes to send, prepared once and sent many times.
public final class Request {
    private final ByteBuffer bytes;

    private Request(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    public static Request get(Endpoint endpoint, String path) {
        return prepared("GET %s HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(path, endpoint), "");
    }

    /// A request with a key `uuid:secret` and a JSON body, which may be empty.
    public static Request json(Endpoint endpoint, String auth, String method, String path, String body) {
        String key = Base64.getEncoder().encodeToString(auth.getBytes(UTF_8));
        return withBody(endpoint, method + " " + path, "Authorization: Basic " + key + "\r\n", body);
    }

    /// A POST to a runtime, with the number by which it marks what it prints.
    public static Request numbered(Endpoint endpoint, String path, int number, String body) {
        return withBody(endpoint, "POST " + path, "X-Whirl-Request: " + number + "\r\n", body);
    }

    /// A POST of a JSON body without a key.
    public static Request openJson(Endpoint endpoint, String path, String body) {
        return withBody(endpoint, "POST " + path, "", body);
    }

    private static Request withBody(Endpoint endpoint, String what, String header, String body) {
        int length = body.getBytes(UTF_8).length;
        String head = String.join(
                "\r\n",
                what + " HTTP/1.1",
                "Host: " + endpoint,
                header + "Content-Type: application/json",
                "Content-Length: " + length,
                "",
                "");
        return prepared(head, body);
    }

    private static Request prepared(String head, String body) {
        byte[] first = head.getBytes(ISO_8859_1);
        byte[] second = body.getBytes(UTF_8);
        ByteBuffer direct = ByteBuffer.allocateDirect(first.length + second.length);
        return new Request(direct.put(first).put(second).flip());
    }

    /// A view of the bytes that its owner may read again and again by rewinding it.
    ByteBuffer view() {
        return bytes.duplicate();
    }
}
