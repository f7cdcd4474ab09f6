package dev.whirl.store.couchdb;

import dev.whirl.model.ApiException;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationSummary;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.ActivationDocuments;
import dev.whirl.model.json.MalformedDocumentException;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// Records in OpenWhisk's documents. It must find an `end` in them, zero where there is none.
final class RecordForms {
    private static final RawJson LEFT_OUT = RawJson.array(
            List.of(RawJson.string("The logs were left out: with them the record is too large to be kept")));

    private RecordForms() {}

    static String id(NamespaceName namespace, ActivationId id) {
        return namespace + "/" + id.value();
    }

    static RawJson write(Activation activation) {
        SequencedMap<String, RawJson> fields =
                new LinkedHashMap<>(ActivationDocuments.write(activation).fields());
        fields.putIfAbsent("end", RawJson.number(0));
        fields.put(
                "updated",
                RawJson.number((activation.end() == null ? activation.start() : activation.end()).toEpochMilli()));
        return RawJson.object(fields);
    }

    /// A document without its logs, or if it has none any more, without its result; empty if it has neither.
    static Optional<RawJson> smaller(RawJson document) {
        SequencedMap<String, RawJson> fields = document.fields();
        boolean hasLogs = fields.getOrDefault("logs", RawJson.NULL).sizeBytes() > LEFT_OUT.sizeBytes();
        if (hasLogs) {
            fields.put("logs", LEFT_OUT);
            return Optional.of(RawJson.object(fields));
        }
        SequencedMap<String, RawJson> response =
                fields.getOrDefault("response", RawJson.NULL).fields();
        if (!response.containsKey("result")) {
            return Optional.empty();
        }
        response.remove("result");
        fields.put("response", RawJson.object(response));
        return Optional.of(RawJson.object(fields));
    }

    /// @throws StoreException.Corrupted if it is none
    static Activation read(String id, RawJson document) {
        return decode(id, document, fields -> ActivationDocuments.read(RawJson.object(fields)));
    }

    /// The value of a view's row. OpenWhisk's own views name no status where there is no end.
    static ActivationSummary readSummary(String id, RawJson value) {
        return decode(id, value, fields -> {
            fields.putIfAbsent("statusCode", RawJson.number(0));
            fields.putIfAbsent("annotations", RawJson.EMPTY_ARRAY);
            return ActivationDocuments.readSummary(RawJson.object(fields));
        });
    }

    private static <T> T decode(String id, RawJson document, Function<SequencedMap<String, RawJson>, T> codec) {
        try {
            SequencedMap<String, RawJson> fields = document.fields();
            fields.remove("end", RawJson.number(0));
            return codec.apply(fields);
        } catch (MalformedDocumentException | IllegalArgumentException | ApiException e) {
            throw new StoreException.Corrupted(
                    id, "The stored record of %s is damaged: %s".formatted(id, e.getMessage()), e);
        }
    }
}
