package dev.whirl.server.wait;

import dev.whirl.bus.kafka.KafkaBusConfig;
import dev.whirl.bus.kafka.KafkaCheck;
import dev.whirl.store.couchdb.CouchDesign;
import dev.whirl.store.couchdb.CouchStoreConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Something that must be there before a part starts.
sealed interface Awaited {
    /// How messages call it.
    String name();

    /// Looks once, for some seconds at most.
    ///
    /// @return what is missing; empty if all is there
    Optional<String> obstacle() throws InterruptedException;

    /// A port that takes connections.
    record Port(String host, int port) implements Awaited {
        private static final int PATIENCE_MS = 3_000;

        @Override
        public String name() {
            return host + ":" + port;
        }

        @Override
        public Optional<String> obstacle() {
            var address = new InetSocketAddress(host, port);
            if (address.isUnresolved()) {
                return Optional.of("no address is known for " + host);
            }
            try (var socket = new Socket()) {
                socket.connect(address, PATIENCE_MS);
                return Optional.empty();
            } catch (IOException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }
    }

    /// An address that answers with success.
    record Address(URI uri) implements Awaited {
        private static final Duration PATIENCE = Duration.ofSeconds(5);
        private static final int LONGEST_ANSWER = 200;

        @Override
        public String name() {
            return uri.toString();
        }

        @Override
        public Optional<String> obstacle() throws InterruptedException {
            try (HttpClient client =
                    HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
                var request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                return answer.statusCode() / 100 == 2
                        ? Optional.empty()
                        : Optional.of("it answers %d %s".formatted(answer.statusCode(), beginning(answer.body())));
            } catch (IOException e) {
                String reason = e.getMessage();
                return Optional.of(reason == null ? "nothing answers" : reason);
            }
        }

        private static String beginning(String body) {
            String line = body.lines().findFirst().orElse("");
            return line.substring(0, Math.min(line.length(), LONGEST_ANSWER));
        }
    }

    /// The database of a cluster, with all that `whirl admin init-db` makes.
    record Database(CouchStoreConfig config) implements Awaited {
        @Override
        public String name() {
            return "the database";
        }

        @Override
        public Optional<String> obstacle() {
            return joined(CouchDesign.problems(config, new SimpleMeterRegistry()));
        }
    }

    /// The brokers of a cluster, set up so that they can be used.
    record Broker(KafkaBusConfig config) implements Awaited {
        @Override
        public String name() {
            return "the broker";
        }

        @Override
        public Optional<String> obstacle() {
            return joined(KafkaCheck.problems(config, 0));
        }
    }

    private static Optional<String> joined(List<String> problems) {
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }
}
