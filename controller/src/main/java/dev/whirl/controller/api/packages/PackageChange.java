package dev.whirl.controller.api.packages;

import dev.whirl.controller.api.entities.PutFields;
import dev.whirl.model.entity.ActionPackage;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.entity.Version;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a package becomes by a PUT (rows ). What is given replaces what was there, annotations too.
final class PackageChange {
    /// Says of a binding what it stands for. Nobody but the server sets it.
    private static final String BINDING = "binding";

    private PackageChange() {}

    static ActionPackage create(EntityId id, PackagePut put, Instant now) {
        var empty = new ActionPackage(id, null, Parameters.NONE, Version.FIRST, false, Annotations.NONE, now);
        return next(empty, Version.FIRST, put, now);
    }

    static ActionPackage update(ActionPackage old, PackagePut put, Instant now) {
        return next(old, old.version().nextPatch(), put, now);
    }

    private static ActionPackage next(ActionPackage old, Version version, PackagePut put, Instant now) {
        PutFields fields = put.fields();
        EntityId binding = put.binding() == null ? old.binding() : put.binding();
        Annotations annotations = fields.annotations() == null ? old.annotations() : fields.annotations();
        return new ActionPackage(
                old.id(),
                binding,
                fields.parameters() == null ? old.parameters() : fields.parameters(),
                fields.version() == null ? version : fields.version(),
                fields.publish() == null ? old.isPublic() : fields.publish(),
                withBinding(annotations, binding),
                now);
    }

    private static Annotations withBinding(Annotations annotations, @Nullable EntityId binding) {
        Annotations without = annotations.without(List.of(BINDING));
        return binding == null ? without : without.with(BINDING, json(binding));
    }

    private static RawJson json(EntityId binding) {
        return new JsonWriter()
                .startObject()
                .field("name", binding.name().value())
                .field("namespace", binding.path())
                .endObject()
                .toRawJson();
    }
}
