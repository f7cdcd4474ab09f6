package dev.whirl.cli.project;

import dev.whirl.client.LimitsDocument;
import dev.whirl.client.ServerDocument;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What may be deployed to a namespace, as far as the server tells (rows ). Pure.
///
/// @param namespace its limits; null if the server does not tell them
/// @param server what it says of all namespaces; null if it says nothing
record AllowedLimits(
        @Nullable LimitsDocument namespace, @Nullable ServerDocument server) {
    static final AllowedLimits UNKNOWN = new AllowedLimits(null, null);

    private static final long MEBIBYTE = 1024 * 1024;

    /// From and to, both included.
    record Span(long min, long max) {
        boolean holds(long value) {
            return min <= value && value <= max;
        }
    }

    /// The kinds of actions; empty if the server does not tell them.
    List<String> kinds() {
        return server == null ? List.of() : server.kinds();
    }

    @Nullable
    Span timeoutMillis() {
        return span("ActionTimeout", "action_duration", 1);
    }

    @Nullable
    Span memoryMebibytes() {
        return span("ActionMemory", "action_memory", MEBIBYTE);
    }

    @Nullable
    Span logsMebibytes() {
        return span("ActionLogs", "action_logs", MEBIBYTE);
    }

    @Nullable
    Span concurrency() {
        return spanOfNamespace("ActionConcurrency");
    }

    /// Most bytes of the parameters of one entity, and of its annotations.
    OptionalLong parameterBytes() {
        return namespace == null ? OptionalLong.empty() : namespace.bytes("maxParameterSize");
    }

    /// Most bytes that an action is called with. Servers that do not tell it take about as much as
    /// parameters have.
    OptionalLong payloadBytes() {
        OptionalLong told = namespace == null ? OptionalLong.empty() : namespace.bytes("maxPayloadSize");
        return told.isPresent() ? told : parameterBytes();
    }

    /// Most actions of a sequence, those of sequences inside of it counted.
    OptionalLong sequenceLength() {
        return server == null ? OptionalLong.empty() : server.limit("sequence_length");
    }

    /// @param own name of the limit of a namespace, after `min` and `max`
    /// @param common the same at the server
    /// @param unit of the server's number, in units of the namespace's
    private @Nullable Span span(String own, String common, long unit) {
        Span told = spanOfNamespace(own);
        if (told != null || server == null) {
            return told;
        }
        OptionalLong min = server.limit("min_" + common);
        OptionalLong max = server.limit("max_" + common);
        return min.isPresent() && max.isPresent() ? new Span(min.getAsLong() / unit, max.getAsLong() / unit) : null;
    }

    private @Nullable Span spanOfNamespace(String name) {
        if (namespace == null) {
            return null;
        }
        OptionalLong min = namespace.find("min" + name);
        OptionalLong max = namespace.find("max" + name);
        return min.isPresent() && max.isPresent() ? new Span(min.getAsLong(), max.getAsLong()) : null;
    }
}
