package dev.whirl.controller.api.rules;

import dev.whirl.controller.api.ApiParts;
import dev.whirl.controller.api.entities.ListEntities;
import dev.whirl.controller.api.http.Route;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.Rule;
import java.util.List;

/// The part of the API's table that is about rules (rows ).
public final class RuleRoutes {
    private static final String ALL = "/api/v1/namespaces/{namespace}/rules";
    private static final String ONE = ALL + "/{name}";

    private RuleRoutes() {}

    public static List<Route> of(ApiParts parts) {
        var rules = new RuleStore(parts.access());
        return List.of(
                Route.guarded(
                        "GET", ALL + "/?", ListEntities.of(parts, Collection.RULES, Rule.class, RuleJson::writeRow)),
                Route.guarded("GET", ONE, new GetRule(parts.access(), rules)),
                Route.guarded("PUT", ONE, new PutRule(parts, rules)),
                Route.guarded("POST", ONE, new SetRuleStatus(parts.access(), rules)),
                Route.guarded("DELETE", ONE, new DeleteRule(parts.access(), rules)));
    }
}
