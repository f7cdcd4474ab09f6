package dev.whirl.controller.api.entities;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.Parameter;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.secret.Algorithm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Reads parameters and annotations: arrays of `{"key","value","init"?,"encryption"?}` (row R-14).
final class KeyValueDecoder {
    private KeyValueDecoder() {}

    static Parameters parameters(RawJson json) {
        List<Parameter> parameters =
                elements(json).stream().map(KeyValueDecoder::parameter).toList();
        parameters.forEach(KeyValueDecoder::requireReadable);
        return new Parameters(parameters);
    }

    static Annotations annotations(RawJson json) {
        var values = new LinkedHashMap<String, RawJson>();
        for (RawJson each : elements(json)) {
            Parameter parameter = parameter(each);
            values.put(parameter.key(), parameter.value());
        }
        return new Annotations(values);
    }

    private static List<RawJson> elements(RawJson json) {
        if (json.kind() != RawJson.Kind.ARRAY) {
            throw malformed();
        }
        return json.elements();
    }

    private static Parameter parameter(RawJson json) {
        SequencedMap<String, RawJson> fields = json.fields();
        RawJson key = fields.get("key");
        RawJson value = fields.get("value");
        if (key == null || value == null || key.kind() != RawJson.Kind.STRING) {
            throw malformed();
        }
        String name = key.asText().orElseThrow();
        if (name.isEmpty()) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.requirementFailed(Messages.PARAMETER_KEY_EMPTY));
        }
        boolean isInit = fields.getOrDefault("init", RawJson.FALSE).asBoolean().orElse(false);
        String encryption =
                fields.getOrDefault("encryption", RawJson.NULL).asText().orElse(null);
        return new Parameter(name, value.compact(), isInit, encryption);
    }

    /// What says that it is encrypted, as it does where a client gives back what it was shown.
    private static void requireReadable(Parameter parameter) {
        String encryption = parameter.encryption();
        boolean isReadable = encryption == null
                || (Algorithm.named(encryption).isPresent() && parameter.value().kind() == RawJson.Kind.STRING);
        if (!isReadable) {
            throw malformed();
        }
    }

    private static ApiException malformed() {
        return new ApiException(ErrorCode.BAD_REQUEST, Messages.contentMalformed(Messages.PARAMETERS_MALFORMED));
    }
}
