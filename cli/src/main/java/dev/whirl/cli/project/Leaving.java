package dev.whirl.cli.project;

import java.util.List;

/// What a deployment takes away, since the project has it no longer.
///
/// @param entities in the order in which they would be deployed
/// @param apis operations of the gateway
record Leaving(List<EntityKey> entities, List<ApiOperation> apis) {
    static final Leaving NOTHING = new Leaving(List.of(), List.of());

    Leaving {
        entities = List.copyOf(entities);
        apis = List.copyOf(apis);
    }
}
