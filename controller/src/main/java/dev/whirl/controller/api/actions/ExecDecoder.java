package dev.whirl.controller.api.actions;

import dev.whirl.controller.api.entities.EntityPaths;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.runtime.RuntimeKind;
import dev.whirl.model.runtime.RuntimesManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Reads the `exec` of a PUT (row R-63).
final class ExecDecoder {
    private final RuntimesManifest runtimes;

    ExecDecoder(RuntimesManifest runtimes) {
        this.runtimes = runtimes;
    }

    /// @throws ApiException 400
    ExecPut decode(RawJson json) {
        SequencedMap<String, RawJson> fields = json.fields();
        String asked = text(fields, "kind")
                .map(each -> each.strip().toLowerCase(Locale.ROOT))
                .orElseThrow(() -> malformed(Messages.KIND_UNDEFINED));
        return switch (asked) {
            case Exec.Sequence.KIND -> sequence(fields);
            case Exec.Blackbox.KIND -> blackbox(fields);
            default -> code(runtimes.resolve(asked), fields);
        };
    }

    private ExecPut code(String kind, SequencedMap<String, RawJson> fields) {
        RuntimeKind runtime =
                runtimes.serving(kind).orElseThrow(() -> malformed(Messages.kindUnsupported(kind, validKinds())));
        RawJson given = fields.getOrDefault("code", fields.getOrDefault("jar", RawJson.NULL));
        CodeText code = CodeText.of(given).orElseThrow(() -> malformed(Messages.codeUndefined(kind)));
        String main = main(kind, fields);
        if (runtime.requiresMain() && main == null) {
            throw malformed(Messages.mainUndefined(kind));
        }
        return new ExecPut.Code(kind, code, main);
    }

    private static ExecPut blackbox(SequencedMap<String, RawJson> fields) {
        String image = text(fields, "image").orElseThrow(() -> malformed(Messages.IMAGE_UNDEFINED));
        RawJson given = fields.getOrDefault("code", RawJson.NULL);
        if (given.kind() != RawJson.Kind.NULL && given.kind() != RawJson.Kind.STRING) {
            throw malformed(Messages.codeUndefined(Exec.Blackbox.KIND));
        }
        CodeText code = CodeText.of(given).filter(each -> !each.isBlank()).orElse(null);
        return new ExecPut.Blackbox(ImageName.parse(image), code, main(Exec.Blackbox.KIND, fields));
    }

    private static ExecPut sequence(SequencedMap<String, RawJson> fields) {
        RawJson components = fields.get("components");
        if (components == null) {
            throw malformed(Messages.COMPONENTS_UNDEFINED);
        }
        if (components.kind() != RawJson.Kind.ARRAY) {
            throw malformed(Messages.COMPONENTS_MALFORMED);
        }
        return new ExecPut.Sequence(
                components.elements().stream().map(EntityPaths::decode).toList());
    }

    private static @Nullable String main(String kind, SequencedMap<String, RawJson> fields) {
        RawJson main = fields.getOrDefault("main", RawJson.NULL);
        return switch (main.kind()) {
            case NULL -> null;
            case STRING -> main.asText().orElseThrow();
            case OBJECT, ARRAY, NUMBER, BOOLEAN -> throw malformed(Messages.mainMalformed(kind));
        };
    }

    private List<String> validKinds() {
        var kinds = new ArrayList<>(runtimes.names());
        kinds.add(Exec.Blackbox.KIND);
        kinds.add(Exec.Sequence.KIND);
        kinds.sort(null);
        return kinds;
    }

    private static Optional<String> text(SequencedMap<String, RawJson> fields, String name) {
        return fields.getOrDefault(name, RawJson.NULL).asText();
    }

    private static ApiException malformed(String sentence) {
        return new ApiException(ErrorCode.BAD_REQUEST, Messages.contentMalformed(sentence));
    }
}
