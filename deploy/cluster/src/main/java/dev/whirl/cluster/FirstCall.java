package dev.whirl.cluster;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/// A call of an action that every cluster has, made where its users call: only who has made one knows that calls
/// can be made.
///
/// @param url where users call the cluster
/// @param key of the namespace whose record it becomes
record FirstCall(String url, String key) {
    private static final String PATH = "/api/v1/namespaces/whisk.system/actions/utils/echo?blocking=true&result=true";
    private static final int CONNECT_MS = (int) Duration.ofSeconds(2).toMillis();
    private static final int ANSWER_MS = (int) Duration.ofSeconds(30).toMillis();

    /// Makes it.
    ///
    /// @return why it did not succeed; empty if it did
    Optional<String> obstacle() {
        try {
            int status = status();
            return status == HttpURLConnection.HTTP_OK ? Optional.empty() : Optional.of("a call is answered " + status);
        } catch (IOException e) {
            return Optional.of("a call is not answered: " + e.getMessage());
        }
    }

    private int status() throws IOException {
        var connection = (HttpURLConnection) URI.create(url + PATH).toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MS);
        connection.setReadTimeout(ANSWER_MS);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8)));
        connection.setDoOutput(true);
        try {
            connection.getOutputStream().write("{}".getBytes(StandardCharsets.UTF_8));
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}
