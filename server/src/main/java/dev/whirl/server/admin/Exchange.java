package dev.whirl.server.admin;

import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a command and the running server say to each other: JSON, one document a line. The command says
/// `{"words":["user","get","guest"],"folder":"/where/it/runs"}`; the server answers `{"line":"…"}` for each line that
/// is to be printed, and last `{"code":0}`.
final class Exchange {
    private static final int MOST = 1024 * 1024;

    /// What the command says.
    record Request(List<String> words, Path folder) {
        Request {
            words = List.copyOf(words);
        }
    }

    /// A part of what the server answers.
    sealed interface Answer {
        record Line(String text) implements Answer {}

        record End(int code) implements Answer {}
    }

    private Exchange() {}

    static RawJson write(Request request) {
        var out = new JsonWriter().startObject();
        out.name("words").startArray();
        request.words().forEach(out::string);
        return out.endArray()
                .field("folder", request.folder().toString())
                .endObject()
                .toRawJson();
    }

    /// @throws IOException if it is no request
    static Request request(BufferedReader in) throws IOException {
        RawJson document = next(in).orElseThrow(() -> new IOException("no request"));
        var words = new ArrayList<String>();
        document.field("words").stream()
                .flatMap(each -> each.elements().stream())
                .forEach(each -> each.asText().ifPresent(words::add));
        String folder = document.field("folder")
                .flatMap(RawJson::asText)
                .orElseThrow(() -> new IOException("not a request of whirl admin"));
        return new Request(words, Path.of(folder));
    }

    static RawJson write(Answer answer) {
        return switch (answer) {
            case Answer.Line(String text) -> RawJson.object("line", RawJson.string(text));
            case Answer.End(int code) -> RawJson.object("code", RawJson.number(code));
        };
    }

    /// @throws IOException if the server ended before its answer did
    static Answer answer(BufferedReader in) throws IOException {
        RawJson document = next(in).orElseThrow(() -> new IOException("the server ended before it had answered"));
        @Nullable
        Long code = document.field("code").flatMap(RawJson::asWholeNumber).orElse(null);
        return code != null
                ? new Answer.End(Math.toIntExact(code))
                : new Answer.Line(
                        document.field("line").flatMap(RawJson::asText).orElse(""));
    }

    /// One line, which must not be longer than any sensible one. Empty at the end.
    private static Optional<RawJson> next(BufferedReader in) throws IOException {
        var line = new StringBuilder();
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0) {
                return Optional.empty();
            }
            if (line.length() >= MOST) {
                throw new IOException("a line of more than 1 MB");
            }
            line.append((char) each);
        }
        try {
            return Optional.of(RawJson.parse(line.toString()));
        } catch (MalformedJsonException e) {
            throw new IOException("not JSON", e);
        }
    }
}
