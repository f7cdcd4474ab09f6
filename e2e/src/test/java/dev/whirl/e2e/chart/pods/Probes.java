package dev.whirl.e2e.chart.pods;

import dev.whirl.e2e.support.Docker;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The probes of one pod's container.
///
/// @param container the engine's id of it
record Probes(PodPlan pod, String container, HttpClient client) {
    private static final int SECOND_MILLIS = 1_000;
    private static final int FIRST_FAILURE = 400;

    /// Tries a probe once.
    ///
    /// @return what it came to; empty if it succeeded
    Optional<String> complaint(Probe probe) throws InterruptedException {
        int seconds = probe.getTimeoutSeconds() == null ? 1 : probe.getTimeoutSeconds();
        if (probe.getHttpGet() != null) {
            return overHttp(probe.getHttpGet(), Duration.ofSeconds(seconds));
        }
        if (probe.getTcpSocket() != null) {
            return overTcp(probe.getTcpSocket().getPort(), seconds * SECOND_MILLIS);
        }
        return byCommand(probe.getExec().getCommand());
    }

    private Optional<String> overHttp(HTTPGetAction wanted, Duration patience) throws InterruptedException {
        URI uri = URI.create("http://%s:%d%s".formatted(pod.address(), port(wanted.getPort()), wanted.getPath()));
        try {
            HttpRequest request = HttpRequest.newBuilder(uri).timeout(patience).build();
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            return status < FIRST_FAILURE ? Optional.empty() : Optional.of(uri + " answers " + status);
        } catch (IOException e) {
            return Optional.of("%s: %s".formatted(uri, e));
        }
    }

    private Optional<String> overTcp(IntOrString port, int patienceMillis) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(pod.address(), port(port)), patienceMillis);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("%s:%s: %s".formatted(pod.address(), port, e));
        }
    }

    private Optional<String> byCommand(List<String> command) {
        var words = new ArrayList<>(List.of("exec", container));
        words.addAll(command);
        try {
            Docker.run(words);
            return Optional.empty();
        } catch (AssertionError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private int port(IntOrString port) {
        return port.getStrVal() == null ? port.getIntVal() : pod.port(port.getStrVal());
    }
}
