package dev.whirl.e2e.badinput.random;

import dev.whirl.e2e.support.Api;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// One request, rightly formed as HTTP and in no other way for sure.
///
/// @param target path and query as they are sent
/// @param contentType empty for none
/// @param isAnonymous whether it goes without credentials
record RandomRequest(String method, String target, String contentType, String body, boolean isAnonymous) {
    byte[] bytes() {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n"
                + (isAnonymous ? "" : "Authorization: " + Api.basic(Api.GUEST_KEY) + "\r\n")
                + (contentType.isEmpty() ? "" : "Content-Type: " + contentType + "\r\n")
                + "Content-Length: " + content.length + "\r\n\r\n";
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }

    boolean isChange() {
        return !method.equals("GET") && !method.equals("HEAD") && !method.equals("OPTIONS");
    }

    boolean isInvocation() {
        return method.equals("POST") && target.contains("/actions/");
    }

    boolean isWeb() {
        return target.startsWith("/api/v1/web/");
    }

    @Override
    public String toString() {
        String shown = body.length() > 1500 ? body.substring(0, 1500) + "… (" + body.length() + ")" : body;
        return "%s %s%s%n%s: %s".formatted(method, target, isAnonymous ? " (no credentials)" : "", contentType, shown);
    }
}
