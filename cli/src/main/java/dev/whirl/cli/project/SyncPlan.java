package dev.whirl.cli.project;

import dev.whirl.cli.project.Owners.Owned;
import java.util.List;

/// What a deployment that keeps a project in step does beside its steps.
///
/// @param replaced what belongs to others and becomes the project's, for people
/// @param disowned what stays with others, with the marks that it is to have
/// @param leaving what the project has no longer
record SyncPlan(List<String> replaced, List<Owned> disowned, Leaving leaving) {
    static final SyncPlan NOTHING = new SyncPlan(List.of(), List.of(), Leaving.NOTHING);

    SyncPlan {
        replaced = List.copyOf(replaced);
        disowned = List.copyOf(disowned);
    }
}
