package dev.whirl.server;

import dev.whirl.controller.Controller;
import dev.whirl.model.entity.EntityId;
import dev.whirl.server.admin.Administered;
import dev.whirl.server.admin.LogLine;
import dev.whirl.store.Stores;
import dev.whirl.store.embedded.EmbeddedStores;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What admin commands work on while this process runs.
record RunningServer(EmbeddedStores open, Controller controller, Optional<GatewayParts> gateway)
        implements Administered {
    @Override
    public Stores stores() {
        return open;
    }

    @Override
    public void backup(Path folder) {
        open.backup(folder);
        GatewayParts.backup(gateway, folder);
    }

    @Override
    public void identitiesChanged() {
        controller.identitiesChanged();
    }

    @Override
    public void entitiesChanged(List<EntityId> ids) {
        controller.entitiesChanged(ids);
    }

    @Override
    public Optional<List<LogLine>> recentLog() {
        return Optional.of(RecentLog.ofThisProcess().lines());
    }
}
