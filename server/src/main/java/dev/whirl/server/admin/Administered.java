package dev.whirl.server.admin;

import dev.whirl.model.entity.EntityId;
import dev.whirl.store.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What commands work on.
public interface Administered {
    Stores stores();

    /// Writes a copy of everything into a folder that is empty or does not exist.
    ///
    /// @throws dev.whirl.store.StoreException if that can't be done
    void backup(Path folder);

    /// Subjects, keys or limits were changed: it counts on return.
    void identitiesChanged();

    /// Entities in the store were written: it counts on return, or soon.
    void entitiesChanged(List<EntityId> ids);

    /// The last lines of the log of the server that runs, oldest first; empty if none runs.
    Optional<List<LogLine>> recentLog();
}
