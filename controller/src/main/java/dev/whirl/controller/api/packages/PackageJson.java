package dev.whirl.controller.api.packages;

import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionPackage;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.KeyValues;

/// Packages as users see them (row R-100).
final class PackageJson {
    private PackageJson() {}

    /// A row of a list: without parameters, and `false` for no binding.
    static void writeSummary(JsonWriter out, ActionPackage pkg) {
        writeName(out.startObject(), pkg);
        if (pkg.binding() == null) {
            out.field("binding", false);
        } else {
            writeBinding(out, pkg.binding());
        }
        writeRest(out, pkg);
        out.endObject();
    }

    /// The package alone.
    static JsonWriter whole(ActionPackage pkg) {
        return fields(pkg, pkg.parameters()).endObject();
    }

    /// All fields of the package, with the object still open.
    ///
    /// @param parameters shown in place of the package's own
    static JsonWriter fields(ActionPackage pkg, Parameters parameters) {
        var out = new JsonWriter(1024).startObject();
        writeName(out, pkg);
        if (pkg.binding() == null) {
            out.name("binding").startObject().endObject();
        } else {
            writeBinding(out, pkg.binding());
        }
        KeyValues.write(out.name("parameters"), parameters);
        writeRest(out, pkg);
        return out;
    }

    /// An action, as its package lists it.
    static void writeMember(JsonWriter out, Action action) {
        out.startObject()
                .field("name", action.id().name().value())
                .field("version", action.version().toString());
        KeyValues.write(out.name("annotations"), action.annotations());
        out.endObject();
    }

    private static void writeName(JsonWriter out, ActionPackage pkg) {
        out.field("namespace", pkg.id().path()).field("name", pkg.id().name().value());
    }

    private static void writeBinding(JsonWriter out, EntityId binding) {
        out.name("binding")
                .startObject()
                .field("namespace", binding.path())
                .field("name", binding.name().value())
                .endObject();
    }

    private static void writeRest(JsonWriter out, ActionPackage pkg) {
        out.field("version", pkg.version().toString()).field("publish", pkg.isPublic());
        KeyValues.write(out.name("annotations"), pkg.annotations());
        out.field("updated", pkg.updated().toEpochMilli());
    }
}
