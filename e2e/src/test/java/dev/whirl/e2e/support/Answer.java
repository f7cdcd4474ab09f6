package dev.whirl.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What a server answered.
public record Answer(int status, HttpHeaders headers, String body) {
    public Answer expect(int wanted) {
        assertThat(status).as("status of the answer %s", shortBody()).isEqualTo(wanted);
        return this;
    }

    /// Expects the error envelope (row R-6) with exactly this sentence.
    public Answer expectError(int wanted, String sentence) {
        return expectError(wanted, error -> assertThat(error).isEqualTo(sentence));
    }

    /// Expects the error envelope with a sentence that begins like this.
    public Answer expectErrorStarting(int wanted, String beginning) {
        return expectError(wanted, error -> assertThat(error).startsWith(beginning));
    }

    private Answer expectError(int wanted, Consumer<String> sentence) {
        expect(wanted);
        assertThat(header("Content-Type")).startsWith("application/json");
        sentence.accept(text("error"));
        assertThat(text("code")).isEqualTo(header("X-Request-ID"));
        return this;
    }

    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    public RawJson json() {
        try {
            return RawJson.parse(body);
        } catch (MalformedJsonException e) {
            throw new AssertionError("status " + status + ", no JSON: " + shortBody(), e);
        }
    }

    /// A value inside the body, by the names of the fields that lead to it.
    public RawJson at(String... path) {
        return find(path)
                .orElseThrow(() -> new AssertionError(
                        "status %d, nothing at %s in %s".formatted(status, List.of(path), shortBody())));
    }

    public Optional<RawJson> find(String... path) {
        Optional<RawJson> value = Optional.of(json());
        for (String each : path) {
            value = value.flatMap(json -> json.field(each));
        }
        return value;
    }

    public String text(String... path) {
        return at(path).asText().orElseThrow(() -> new AssertionError("no text at " + List.of(path) + ": " + body));
    }

    public long number(String... path) {
        return at(path).asWholeNumber()
                .orElseThrow(() -> new AssertionError("no whole number at " + List.of(path) + ": " + body));
    }

    /// The elements of a body that is an array.
    public List<RawJson> rows() {
        return json().elements();
    }

    /// The value of an annotation of an entity or an activation.
    public Optional<RawJson> annotation(String key) {
        return at("annotations").elements().stream()
                .filter(each -> each.field("key").flatMap(RawJson::asText).equals(Optional.of(key)))
                .findFirst()
                .flatMap(each -> each.field("value"));
    }

    /// The lines of a record's logs.
    public List<String> logs() {
        return at("logs").elements().stream()
                .map(line -> line.asText().orElseThrow())
                .toList();
    }

    private String shortBody() {
        return body.length() > 600 ? body.substring(0, 600) + "…" : body;
    }

    @Override
    public String toString() {
        return status + " " + shortBody();
    }
}
