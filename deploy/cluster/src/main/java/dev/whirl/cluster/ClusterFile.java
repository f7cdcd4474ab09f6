package dev.whirl.cluster;

import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.PrettyJson;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;

/// The file that says what was started: `cluster.json` in the folder of a cluster.
final class ClusterFile {
    private final Path file;

    ClusterFile(Path folder) {
        this.file = folder.resolve("cluster.json");
    }

    /// What was started, in that order; empty if nothing was.
    ///
    /// @throws ClusterException if the file can't be understood
    List<Member> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            RawJson document = RawJson.parse(Files.readAllBytes(file));
            return document.elements().stream().map(ClusterFile::member).toList();
        } catch (IOException | MalformedJsonException | NoSuchElementException e) {
            throw new ClusterException("%s can't be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    void write(List<Member> members) {
        var out = new JsonWriter().startArray();
        members.forEach(each -> out.value(stored(each)));
        OwnFile.write(file, PrettyJson.of(out.endArray().toRawJson()) + "\n");
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ClusterException("%s can't be removed: %s".formatted(file, e.getMessage()), e);
        }
    }

    /// As it is shown to programs: with its health.
    static RawJson document(Member member, Member.Health health) {
        return fields(member).field("health", health.text()).endObject().toRawJson();
    }

    private static RawJson stored(Member member) {
        return fields(member).endObject().toRawJson();
    }

    private static JsonWriter fields(Member member) {
        return new JsonWriter()
                .startObject()
                .field("role", member.role())
                .field("name", member.name())
                .field("address", member.address())
                .field("pid", member.pid())
                .field("startedMillis", member.startedMillis())
                .field("log", member.log().toString());
    }

    private static Member member(RawJson document) {
        return new Member(
                text(document, "role"),
                text(document, "name"),
                text(document, "address"),
                number(document, "pid"),
                number(document, "startedMillis"),
                Path.of(text(document, "log")));
    }

    private static String text(RawJson document, String name) {
        return document.field(name).flatMap(RawJson::asText).orElseThrow();
    }

    private static long number(RawJson document, String name) {
        return document.field(name).flatMap(RawJson::asWholeNumber).orElseThrow();
    }
}
