package dev.whirl.controller.api.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/// Makes HTTP/1 connections whose bytes are counted as they arrive.
final class CountedConnections implements ServerConnectionSelector {
    private final Http1ConnectionSelector http1;
    private final Arrivals arrivals;
    private final int maxFirstLine;
    private final int maxTrailers;

    CountedConnections(Http1Config config, Arrivals arrivals) {
        this.http1 = Http1ConnectionSelector.builder().config(config).build();
        this.arrivals = arrivals;
        this.maxFirstLine = config.maxPrologueLength();
        this.maxTrailers = config.maxHeadersSize();
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http1.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http1.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return http1.connection(new CountedContext(context, arrivals, maxFirstLine, maxTrailers));
    }
}
