package dev.whirl.controller.api.entities;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.entity.Version;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.SystemLimits;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The fields that the PUT of every entity may have: null means not given. A field that is `null` counts as not given.
public record PutFields(
        SequencedMap<String, RawJson> all,
        @Nullable Version version,
        @Nullable Parameters parameters,
        @Nullable Annotations annotations,
        @Nullable Boolean publish) {
    /// @param body an object
    /// @throws ApiException 400
    public static PutFields of(RawJson body) {
        SequencedMap<String, RawJson> all = body.fields();
        RawJson version = given(all, "version");
        RawJson parameters = given(all, "parameters");
        RawJson annotations = given(all, "annotations");
        RawJson publish = given(all, "publish");
        return new PutFields(
                all,
                version == null ? null : version(version),
                parameters == null ? null : KeyValueDecoder.parameters(parameters),
                annotations == null ? null : KeyValueDecoder.annotations(annotations),
                publish == null ? null : publish.asBoolean().orElseThrow(() -> malformed(Messages.PUBLISH_MALFORMED)));
    }

    /// A field of one's own, null if it was not given.
    public @Nullable RawJson given(String name) {
        return given(all, name);
    }

    /// @throws ApiException 413 if parameters or annotations are too large (row R-68)
    public void requireSizes(SystemLimits limits) {
        long max = limits.parameters().bytes();
        if (parameters != null) {
            Sizes.require("parameters", parameters.sizeBytes(), max);
        }
        if (annotations != null) {
            Sizes.require("annotations", annotations.sizeBytes(), max);
        }
    }

    private static @Nullable RawJson given(SequencedMap<String, RawJson> fields, String name) {
        RawJson value = fields.get(name);
        return value == null || value.kind() == RawJson.Kind.NULL ? null : value;
    }

    private static Version version(RawJson json) {
        return Version.parse(json.asText().orElseThrow(() -> malformed(Messages.VERSION_MALFORMED)));
    }

    private static ApiException malformed(String sentence) {
        return new ApiException(ErrorCode.BAD_REQUEST, Messages.contentMalformed(sentence));
    }
}
