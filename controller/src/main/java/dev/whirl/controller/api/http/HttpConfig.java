package dev.whirl.controller.api.http;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.tls.TlsConfig;
import dev.whirl.common.units.ByteSize;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where to listen and how much to take (row R-7).
///
/// @param port 0 for any free one
/// @param maxContent largest body
/// @param bodyMemory for all bodies above 64 KB together that are being read or answered
/// @param readMemory for all that is read from the store for answers that are being sent
/// @param headerTime for the headers of one request, from its first line on
/// @param bodyTime for one body
/// @param sendTime for one answer to be taken by the client
/// @param idleTime how long a connection may wait for its next request
/// @param tls null for plain HTTP
public record HttpConfig(
        String host,
        int port,
        int maxConnections,
        ByteSize maxContent,
        ByteSize maxUri,
        ByteSize maxHeaders,
        ByteSize bodyMemory,
        ByteSize readMemory,
        Duration headerTime,
        Duration bodyTime,
        Duration sendTime,
        Duration idleTime,
        @Nullable TlsConfig tls) {
    private static final ByteSize LARGEST = ByteSize.mebibytes(1024);

    public static final HttpConfig DEFAULT = new HttpConfig(
            "127.0.0.1",
            3233,
            8192,
            ByteSize.mebibytes(50),
            ByteSize.kibibytes(8),
            ByteSize.kibibytes(16),
            ByteSize.mebibytes(192),
            ByteSize.mebibytes(128),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(70));

    public HttpConfig(
            String host,
            int port,
            int maxConnections,
            ByteSize maxContent,
            ByteSize maxUri,
            ByteSize maxHeaders,
            ByteSize bodyMemory,
            ByteSize readMemory,
            Duration headerTime,
            Duration bodyTime,
            Duration sendTime,
            Duration idleTime) {
        this(
                host,
                port,
                maxConnections,
                maxContent,
                maxUri,
                maxHeaders,
                bodyMemory,
                readMemory,
                headerTime,
                bodyTime,
                sendTime,
                idleTime,
                null);
    }

    public static HttpConfig read(ConfigReader reader) {
        return new HttpConfig(
                reader.text("http.host", DEFAULT.host, "Address to listen on."),
                number(reader, "http.port", DEFAULT.port, 0, 65_535, "Port to listen on; 0 takes any free one."),
                number(
                        reader,
                        "http.max-connections",
                        DEFAULT.maxConnections,
                        1,
                        1_000_000,
                        "Most connections at a time; more wait to be accepted."),
                size(reader, "http.max-content-size", DEFAULT.maxContent, "Largest body of a request."),
                size(reader, "http.max-uri-size", DEFAULT.maxUri, "Longest address of a request."),
                size(reader, "http.max-headers-size", DEFAULT.maxHeaders, "Most headers of a request, in bytes."),
                reader.size(
                        "http.body-memory",
                        DEFAULT.bodyMemory,
                        "Memory for all large bodies that are in work at a time; requests beyond it, or beyond the caller's"
                                + " share of it, are answered 503. Callers without a key have a quarter at most."),
                reader.size(
                        "http.read-memory",
                        DEFAULT.readMemory,
                        "Memory for all that is read from the store to be sent, shared as http.body-memory is."),
                reader.duration(
                        "http.header-time",
                        DEFAULT.headerTime,
                        "How long a client may take to send the headers of a request."),
                reader.duration(
                        "http.body-time",
                        DEFAULT.bodyTime,
                        "How long a client may take to send a body; one without a key has a third of it."),
                reader.duration("http.send-time", DEFAULT.sendTime, "How long a client may take to receive an answer."),
                reader.duration(
                        "http.idle-time", DEFAULT.idleTime, "How long a connection may stay open without a request."),
                TlsConfig.read(reader, "http."));
    }

    /// Bodies are arrays, and the server below counts all three in 32 bits.
    private static ByteSize size(ConfigReader reader, String key, ByteSize fallback, String meaning) {
        ByteSize read = reader.size(key, fallback, meaning);
        if (read.bytes() > 0 && read.compareTo(LARGEST) <= 0) {
            return read;
        }
        reader.problem("%s must be from 1 B to %s, got %s".formatted(key, LARGEST, read));
        return fallback;
    }

    private static int number(ConfigReader reader, String key, int fallback, int min, int max, String meaning) {
        return Math.toIntExact(reader.number(key, fallback, min, max, meaning));
    }
}
