package dev.whirl.cli.project;

import dev.whirl.cli.project.ProjectPart.Need;
import dev.whirl.cli.project.manifest.Manifest.ManifestPackage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// The marks of a project that is kept in step. What is fetched for it is a project of its own, named after its
/// repository: several projects may need it, and its manifest, which somebody else wrote, has no say in what belongs
/// to whom. Pure.
///
/// @param projectName of the project itself
/// @param namespace that it is deployed to, by its real name as far as that is known
/// @param names what names in manifests mean
record Marks(String projectName, String namespace, ProjectNames names) {
    /// The mark of a package, and of what lies in no package.
    Mark of(ProjectPart part, ManifestPackage place) {
        var needed = new LinkedHashMap<String, Mark>();
        var operations = new ArrayList<ApiOperation>();
        for (ManifestPackage told : part.toldBy(place)) {
            for (Need need : part.needs(told)) {
                needed.put("/" + namespace + "/" + need.packageName(), of(need));
            }
            operations.addAll(Planner.operations(part, names, told));
        }
        return plain(part).with(needed, operations);
    }

    private Mark of(Need need) {
        return of(need.part(), need.part().manifest().packages().getFirst()).given(need.inputs());
    }

    /// The mark of what lies in a package.
    Mark plain(ProjectPart part) {
        String file = String.valueOf(part.files().file().getFileName());
        boolean isOwn = part.repository().isEmpty();
        return new Mark(
                isOwn ? projectName : part.repository(),
                new Mark.Source(part.files().hash(), file, part.version()),
                isOwn ? "" : projectName,
                new LinkedHashMap<>(),
                List.of(),
                null);
    }
}
