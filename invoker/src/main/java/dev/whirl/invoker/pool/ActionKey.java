package dev.whirl.invoker.pool;

import dev.whirl.model.entity.EntityId;
import dev.whirl.model.identity.Namespace;

/// What may share a sandbox: runs of one revision of one action for one caller (row I-19).
///
/// @param caller the invoking namespace with its id: nobody meets what another caller left in memory, and a name that
///     is given to somebody else does not come with its sandboxes (attacks 7 and 15)
public record ActionKey(Namespace caller, EntityId action, String revision) {}
