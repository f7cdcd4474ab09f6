package dev.whirl.feeds.couch;

import dev.whirl.feeds.stream.Identities;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// How far the changes of a database were read: behind a sequence of CouchDB's, and which changes were told last. The
/// nodes of a cluster tell changes in different orders, and some again when another node answers: by the sequence
/// alone nobody can say what is new.
///
/// @param told identities of the changes that were told last, the newest at the end
record ChangeMark(RawJson sequence, List<String> told) {
    private static final String SEQUENCE = "seq";
    private static final String TOLD = "told";
    private static final int MOST = 256;

    ChangeMark {
        told = List.copyOf(told);
    }

    static ChangeMark at(RawJson sequence) {
        return new ChangeMark(sequence, List.of());
    }

    /// The same for the same revision of the same document.
    ///
    /// @param change as CouchDB tells it
    static String identity(RawJson change) {
        RawJson id = change.field("id").orElse(RawJson.NULL);
        RawJson revisions = change.field("changes").orElse(RawJson.NULL);
        return Identities.of(id + "\n" + revisions.compact());
    }

    boolean has(String change) {
        return told.contains(change);
    }

    boolean hasAllOf(ChangeMark other) {
        return new HashSet<>(told).containsAll(other.told);
    }

    /// What another mark has and this one has not.
    List<String> missingOf(ChangeMark other) {
        return other.told.stream().filter(each -> !has(each)).toList();
    }

    /// Behind another sequence, with more changes that were told.
    ChangeMark with(RawJson next, List<String> changes) {
        var all = new ArrayList<>(told);
        all.removeAll(changes);
        all.addAll(changes);
        return new ChangeMark(next, all.subList(Math.max(0, all.size() - MOST), all.size()));
    }

    /// All identities in one text: there may be hundreds.
    RawJson toJson() {
        return new JsonWriter()
                .startObject()
                .field(SEQUENCE, sequence)
                .field(TOLD, Identities.join(told))
                .endObject()
                .toRawJson();
    }

    static ChangeMark read(RawJson json) {
        return new ChangeMark(
                json.field(SEQUENCE).orElse(RawJson.NULL),
                Identities.split(json.field(TOLD).flatMap(RawJson::asText).orElse("")));
    }
}
