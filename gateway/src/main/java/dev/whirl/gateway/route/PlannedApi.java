package dev.whirl.gateway.route;

import dev.whirl.gateway.document.ApiPlan;

/// An API of a tenant.
///
/// @param id names it for good
public record PlannedApi(String tenant, String id, ApiPlan plan) {}
