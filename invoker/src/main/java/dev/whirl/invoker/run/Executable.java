package dev.whirl.invoker.run;

import dev.whirl.model.entity.Action;
import dev.whirl.sandbox.SandboxSpec;

/// An action with all that is needed to run it but its code, which is fetched for an init only.
///
/// @param revision of the action as it was read
/// @param spec the sandbox that it runs in
/// @param isSingleUse whether each activation gets a sandbox of its own
public record Executable(Action action, String revision, SandboxSpec spec, boolean isSingleUse) {}
