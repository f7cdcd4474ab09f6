package dev.whirl.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.RunRequest;
import dev.whirl.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A sandbox with short words for what tests do.
record TestSandbox(Sandbox sandbox) implements AutoCloseable {
    static final Map<String, String> INIT_ENVIRONMENT = Map.of("GREETING", "hello ☃", "__OW_NAMESPACE", "guest");

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final ByteSize LIMIT = ByteSize.mebibytes(10);
    private static final RawJson EMPTY_INIT = json("{\"value\":{}}");

    /// Status and document of an answer.
    record Answer(int status, RawJson body) {
        /// The sentence that it gives as error.
        String error() {
            return body.field("error").flatMap(RawJson::asText).orElse("");
        }
    }

    static RawJson json(String text) {
        try {
            return RawJson.parse(text);
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    Answer init(ActionCode code) throws InterruptedException {
        var activation = ActivationId.random();
        Answer answer = answer(init(code.init(INIT_ENVIRONMENT), activation));
        sandbox.collectLogs(activation);
        return answer;
    }

    /// Sends the code, which must be good.
    TestSandbox with(ActionCode code) throws InterruptedException {
        assertThat(init(code)).extracting(Answer::status, Answer::error).containsExactly(200, "");
        return this;
    }

    Answer initWithoutCode() throws InterruptedException {
        return answer(init(EMPTY_INIT, ActivationId.random()));
    }

    Reply init(RawJson document, ActivationId activation) throws InterruptedException {
        return sandbox.init(new InitRequest(activation, document, LIMIT), TIMEOUT);
    }

    Answer run(String arguments) throws InterruptedException {
        return answer(run(ActivationId.random(), arguments, Map.of(), TIMEOUT));
    }

    Answer run(String arguments, Map<String, String> fields) throws InterruptedException {
        return answer(run(ActivationId.random(), arguments, fields, TIMEOUT));
    }

    Answer run(ActivationId activation, String arguments) throws InterruptedException {
        return answer(run(activation, arguments, Map.of(), TIMEOUT));
    }

    /// Runs with the document of row K-11.
    Reply run(ActivationId activation, String arguments, Map<String, String> fields, Duration timeout)
            throws InterruptedException {
        var writer = new JsonWriter(arguments.length() + 512).startObject();
        writer.field("value", json(arguments)).field("activation_id", activation.value());
        writer.field("namespace", "guest").field("action_name", "/guest/action").field("deadline", "1700000000000");
        fields.forEach(writer::field);
        return sandbox.run(new RunRequest(activation, writer.endObject().toRawJson(), LIMIT, LIMIT), timeout);
    }

    /// What an activation printed, in order: `stdout: text`.
    List<String> lines(ActivationId activation) {
        CollectedLogs logs = sandbox.collectLogs(activation);
        return logs.lines().stream()
                .map(each -> each.stream().name().toLowerCase(java.util.Locale.ROOT) + ": " + each.text())
                .toList();
    }

    @Override
    public void close() {
        sandbox.close();
    }

    static Answer answer(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Answered.class);
        var answered = (Reply.Answered) reply;
        return new Answer(answered.status(), json(new String(answered.body(), StandardCharsets.UTF_8)));
    }
}
