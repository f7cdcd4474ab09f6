package dev.whirl.controller.api.http;

import dev.whirl.common.tls.TlsConfig;
import dev.whirl.controller.access.Recognizer;
import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.HttpLogConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The HTTP server with the API behind it.
public final class HttpListener {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

    private final Deadlines deadlines = new Deadlines();
    private final Arrivals arrivals = new Arrivals();
    private final Drain drain = new Drain();
    private final WebServer server;
    private final HttpConfig config;

    /// @throws UncheckedIOException if the host has no address, with a line for whoever started the server
    public HttpListener(HttpConfig config, Router router, Recognizer recognizer, MeterRegistry meters) {
        this.config = config;
        var bodies = new MemoryBudget(
                config.bodyMemory().bytes(),
                2 * config.maxContent().bytes(),
                config.bodyTime().dividedBy(6));
        var transport = new RequestBody.Transport(config, bodies, deadlines, arrivals);
        var frontDoor = new FrontDoor(router, recognizer, transport, drain, new RequestLog(meters));
        requireAddress(config);
        server = server(config, frontDoor);
        Gauge.builder("whirl_http_requests_in_work", drain, Drain::inWork)
                .description("Requests that are being read, worked on or answered")
                .register(meters);
    }

    /// @throws UncheckedIOException if the address can't be had, with a line for whoever started the server
    public void start() {
        server.start();
        if (!server.isRunning()) {
            server.stop();
            String sentence = "can't listen on %s port %d: it is in use, or this machine has no such address"
                    .formatted(config.host(), config.port());
            throw new UncheckedIOException(sentence, new BindException(sentence));
        }
        deadlines.start();
    }

    /// The server would fail with no more than the name of a class.
    private static void requireAddress(HttpConfig config) {
        if (new InetSocketAddress(config.host(), config.port()).isUnresolved()) {
            String sentence = "can't listen on '%s': no address of this machine has that name".formatted(config.host());
            throw new UncheckedIOException(sentence, new UnknownHostException(sentence));
        }
    }

    public int port() {
        return server.port();
    }

    /// Goes on serving, and lets no connection stay open.
    public void leave() {
        drain.begin();
    }

    /// Refuses new requests, waits for those in work, then closes.
    public void stop(Duration patience) {
        try {
            if (!drain.stop(patience)) {
                LOG.atWarn().addKeyValue("requests", drain.inWork()).log("stopped before all requests were answered");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop();
        deadlines.close();
    }

    private WebServer server(HttpConfig config, FrontDoor frontDoor) {
        Http1Config http1 = Http1Config.builder()
                .maxPrologueLength((int) config.maxUri().bytes())
                .maxHeadersSize((int) config.maxHeaders().bytes())
                .validatePath(false) // RequestPath does it
                .validatePrologue(false)
                .sendKeepAliveHeader(false)
                .validateResponseHeaders(false) // HttpResult lets no other characters of web actions through
                .log(HttpLogConfig.builder().receiveLog(false).sendLog(false).build())
                .addReceiveListener(new HeaderWatch(deadlines, config.headerTime()))
                .build();
        TlsConfig tls = config.tls();
        return WebServer.builder()
                .tls(
                        tls == null
                                ? Tls.builder().enabled(false).build()
                                : Tls.builder().sslContext(tls.context()).build())
                .host(config.host())
                .port(config.port())
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(new CountedConnections(http1, arrivals))
                .maxPayloadSize(config.maxContent().bytes())
                .maxTcpConnections(config.maxConnections())
                .idleConnectionTimeout(config.idleTime())
                .idleConnectionPeriod(Duration.ofSeconds(5))
                .shutdownGracePeriod(Duration.ofMillis(100))
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .directHandlers(ProtocolErrors.handlers(config))
                .routing(HttpRouting.builder().any(frontDoor))
                .build();
    }
}
