package dev.whirl.controller.api.http;

import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.Identity;

/// A request by somebody known.
///
/// @param route the pattern that the path matched
public record Call(ApiRequest request, Identity caller, PathPattern route) {
    /// The segment of the path that the route calls so.
    public String segment(String name) {
        return route.variable(name, request.path());
    }

    /// The namespace in the path; `_` is the caller's own (row R-2).
    ///
    /// @throws dev.whirl.model.ApiException 400 if it is no name of a namespace
    public NamespaceName namespace() {
        String segment = segment("namespace");
        return segment.equals("_") ? caller.namespace().name() : new NamespaceName(segment);
    }

    /// @throws dev.whirl.model.ApiException 400 if it is no name of an entity
    public EntityName name() {
        return new EntityName(segment("name"));
    }

    /// The action in the path, with its package if the route has one.
    ///
    /// @throws dev.whirl.model.ApiException 400 if a part of it is no name
    public EntityId actionId() {
        EntityName pkg = route.has("package") ? new EntityName(segment("package")) : null;
        return new EntityId(namespace(), pkg, name());
    }

    public Query query() {
        return request.query();
    }
}
