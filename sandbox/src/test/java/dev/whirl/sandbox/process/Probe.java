package dev.whirl.sandbox.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.RawJson;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.RunRequest;
import dev.whirl.sandbox.Sandbox;
import java.time.Duration;
import java.util.List;

/// A sandbox of the test runtime and the commands it takes, written with single quotes.
public final class Probe implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Sandbox sandbox;
    private ActivationId activation = ActivationId.random();
    private ByteSize logLimit = ByteSize.mebibytes(1);
    private ByteSize resultLimit = ByteSize.mebibytes(1);

    public Probe(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public Probe logLimit(ByteSize limit) {
        logLimit = limit;
        return this;
    }

    public Probe resultLimit(ByteSize limit) {
        resultLimit = limit;
        return this;
    }

    public Reply init(String value) throws Exception {
        return init(value, PATIENCE);
    }

    public Reply init(String value, Duration timeout) throws Exception {
        return sandbox.init(new InitRequest(activation, document(value), logLimit), timeout);
    }

    public Reply run(String value) throws Exception {
        return run(value, PATIENCE);
    }

    public Reply run(String value, Duration timeout) throws Exception {
        activation = ActivationId.random();
        return run(activation, value, timeout);
    }

    public Reply run(ActivationId id, String value, Duration timeout) throws Exception {
        return sandbox.run(new RunRequest(id, document(value), logLimit, resultLimit), timeout);
    }

    /// The body of a successful run.
    public String answer(String value) throws Exception {
        Reply reply = run(value);
        assertThat(reply).isInstanceOf(Reply.Answered.class);
        var answered = (Reply.Answered) reply;
        assertThat(answered.status()).as(text(answered)).isEqualTo(200);
        return text(answered);
    }

    /// The text in the field `result` of a successful run.
    public String result(String value) throws Exception {
        return field(answer(value), "result").asText().orElseThrow();
    }

    public static RawJson field(String body, String name) throws Exception {
        return RawJson.parse(body).field(name).orElseThrow();
    }

    public static String text(Reply reply) {
        return reply instanceof Reply.Answered answered ? new String(answered.body(), UTF_8) : reply.toString();
    }

    /// Of the last run.
    public CollectedLogs logs() {
        return sandbox.collectLogs(activation);
    }

    /// As `stdout: text`.
    public List<String> lines() {
        return lines(activation);
    }

    /// Of one run.
    public List<String> lines(ActivationId id) {
        return sandbox.collectLogs(id).lines().stream()
                .map(line -> "%s: %s".formatted(line.stream().name().toLowerCase(java.util.Locale.ROOT), line.text()))
                .toList();
    }

    @Override
    public void close() {
        sandbox.close();
    }

    private static RawJson document(String value) throws Exception {
        return RawJson.parse("{\"value\":" + value.replace('\'', '"') + "}");
    }
}
