package dev.whirl.server.gateway;

import dev.whirl.common.units.ByteSize;
import dev.whirl.controller.access.AccessConfig;
import dev.whirl.controller.access.Authenticator;
import dev.whirl.controller.api.http.HttpConfig;
import dev.whirl.controller.api.http.HttpListener;
import dev.whirl.controller.api.http.Route;
import dev.whirl.controller.api.http.Router;
import dev.whirl.controller.api.http.VanityHost;
import dev.whirl.store.Subjects;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The platform's HTTP server on a port of its own, with these routes and a client before it.
public final class Listening implements AutoCloseable {
    private final HttpListener listener;
    private final HttpClient client = HttpClient.newHttpClient();

    public Listening(List<Route> routes, Subjects subjects, ByteSize readMemory) {
        HttpConfig standard = HttpConfig.DEFAULT;
        var config = new HttpConfig(
                "127.0.0.1",
                0,
                standard.maxConnections(),
                standard.maxContent(),
                standard.maxUri(),
                standard.maxHeaders(),
                standard.bodyMemory(),
                readMemory,
                standard.headerTime(),
                standard.bodyTime(),
                standard.sendTime(),
                standard.idleTime());
        var authenticator = new Authenticator(subjects, AccessConfig.DEFAULT, InstantSource.system());
        listener =
                new HttpListener(config, new Router(routes, VanityHost.NONE), authenticator, new SimpleMeterRegistry());
        listener.start();
    }

    public HttpResponse<String> get(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + path))
                .timeout(Duration.ofSeconds(60));
        try {
            return client.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        listener.stop(Duration.ZERO);
    }
}
