package dev.whirl.cli.project;

import java.util.List;

/// What a deployment is about to do.
///
/// @param sync what it does beside its steps
/// @param ownership what it may replace and take away
record DeployPlan(List<Step> steps, SyncPlan sync, Ownership ownership) {
    DeployPlan {
        steps = List.copyOf(steps);
    }
}
