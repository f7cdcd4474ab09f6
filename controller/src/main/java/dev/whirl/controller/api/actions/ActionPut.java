package dev.whirl.controller.api.actions;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.entity.Version;
import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The body of a PUT of an action (row R-60): null means not given. Unknown fields are ignored.
record ActionPut(
        @Nullable ExecPut exec,
        @Nullable Parameters parameters,
        LimitsPut limits,
        @Nullable Version version,
        @Nullable Annotations annotations,
        List<String> delAnnotations) {
    ActionPut {
        delAnnotations = List.copyOf(delAnnotations);
    }

    /// @throws ApiException 400
    static ActionPut decode(RawJson body, ExecDecoder execs, LimitsDecoder limits) {
        SequencedMap<String, RawJson> fields = body.fields();
        RawJson exec = given(fields, "exec");
        RawJson parameters = given(fields, "parameters");
        RawJson limit = given(fields, "limits");
        RawJson version = given(fields, "version");
        RawJson annotations = given(fields, "annotations");
        return new ActionPut(
                exec == null ? null : execs.decode(exec),
                parameters == null ? null : KeyValueDecoder.parameters(parameters),
                limit == null ? LimitsPut.NONE : limits.decode(limit),
                version == null ? null : version(version),
                annotations == null ? null : KeyValueDecoder.annotations(annotations),
                delAnnotations(given(fields, "delAnnotations")));
    }

    private static @Nullable RawJson given(SequencedMap<String, RawJson> fields, String name) {
        RawJson value = fields.get(name);
        return value == null || value.kind() == RawJson.Kind.NULL ? null : value;
    }

    private static Version version(RawJson json) {
        return Version.parse(json.asText().orElseThrow(() -> malformed(Messages.VERSION_MALFORMED)));
    }

    private static List<String> delAnnotations(@Nullable RawJson json) {
        if (json == null) {
            return List.of();
        }
        if (json.kind() != RawJson.Kind.ARRAY) {
            throw malformed(Messages.DEL_ANNOTATIONS_MALFORMED);
        }
        return json.elements().stream()
                .map(each -> each.asText().orElseThrow(() -> malformed(Messages.DEL_ANNOTATIONS_MALFORMED)))
                .toList();
    }

    private static ApiException malformed(String sentence) {
        return new ApiException(ErrorCode.BAD_REQUEST, Messages.contentMalformed(sentence));
    }
}
