package dev.whirl.controller.api.actions;

import dev.whirl.controller.api.entities.PutFields;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.entity.Version;
import dev.whirl.model.json.RawJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of a PUT of an action (row R-60): null means not given. Unknown fields are ignored.
record ActionPut(@Nullable ExecPut exec, LimitsPut limits, PutFields fields, List<String> delAnnotations) {
    ActionPut {
        delAnnotations = List.copyOf(delAnnotations);
    }

    /// @throws ApiException 400
    static ActionPut decode(RawJson body, ExecDecoder execs, LimitsDecoder limits) {
        PutFields fields = PutFields.of(body);
        RawJson exec = fields.given("exec");
        RawJson limit = fields.given("limits");
        return new ActionPut(
                exec == null ? null : execs.decode(exec),
                limit == null ? LimitsPut.NONE : limits.decode(limit),
                fields,
                delAnnotations(fields.given("delAnnotations")));
    }

    @Nullable
    Parameters parameters() {
        return fields.parameters();
    }

    @Nullable
    Annotations annotations() {
        return fields.annotations();
    }

    @Nullable
    Version version() {
        return fields.version();
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
