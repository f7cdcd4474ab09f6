package dev.whirl.client;

import dev.whirl.client.http.HttpCall;
import dev.whirl.client.http.HttpReply;
import dev.whirl.client.http.HttpTransport;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Sends requests for paths of the API.
record Rest(ApiAddress address, HttpTransport transport) {
    HttpReply get(ApiPath path) {
        return send("GET", path, null);
    }

    HttpReply put(ApiPath path, byte[] body) {
        return send("PUT", path, body);
    }

    HttpReply post(ApiPath path, RawJson body) {
        return send("POST", path, body.toBytes());
    }

    HttpReply delete(ApiPath path) {
        return send("DELETE", path, null);
    }

    /// What lies at a path of the server, beside the API.
    HttpReply getFile(ApiPath path) {
        String target = address.prefix() + path.text();
        String url = address + path.text();
        return transport.send(HttpCall.withoutBody("GET", target, url, new LinkedHashMap<>()));
    }

    private HttpReply send(String method, ApiPath path, byte @Nullable [] body) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Accept", "application/json");
        if (body != null) {
            headers.put("Content-Type", "application/json");
        }
        String target = address.path(path.text());
        return transport.send(new HttpCall(method, target, address.url(path.text()), headers, body));
    }
}
