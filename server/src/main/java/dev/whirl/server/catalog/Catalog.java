package dev.whirl.server.catalog;

import dev.whirl.model.entity.EntityId;
import dev.whirl.server.catalog.CatalogInstaller.Outcome;
import dev.whirl.store.StoreException;
import dev.whirl.store.Stores;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Installs a whole catalog and tells of it.
public final class Catalog {
    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);

    private Catalog() {}

    /// What a server does when it starts. A catalog that is not there or broken is no reason not to start.
    public static void installAtStart(CatalogConfig config, Stores stores) {
        if (!config.isInstalled() || !Files.isDirectory(config.folder())) {
            return;
        }
        try {
            var installer = new CatalogInstaller(stores, InstantSource.system(), false);
            install(CatalogReader.read(config.folder(), LOG::info), installer, LOG::debug, LOG::info);
        } catch (CatalogException | StoreException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("The catalog could not be installed");
        }
    }

    /// Installs packages, and tells of each that changed or was left alone.
    ///
    /// @param installed is told what was
    /// @param leftAlone is told what was not, and why
    /// @return all that was written
    public static List<EntityId> install(
            List<CatalogPackage> packages,
            CatalogInstaller installer,
            Consumer<String> installed,
            Consumer<String> leftAlone) {
        var written = new ArrayList<EntityId>();
        for (CatalogPackage each : packages) {
            switch (installer.install(each)) {
                case Outcome.Installed(var ids, var foreign, var kept) -> {
                    written.addAll(ids);
                    installed.accept("whisk.system/%s: installed, %d actions"
                            .formatted(each.name(), each.actions().size()));
                    if (!kept.isEmpty()) {
                        leftAlone.accept("whisk.system/%s: parameters kept as they were set: %s"
                                .formatted(each.name(), String.join(", ", kept)));
                    }
                    foreign.forEach(action ->
                            leftAlone.accept("whisk.system/%s/%s: left alone, because its code is not from the catalog"
                                    .formatted(each.name(), action.name())));
                }
                case Outcome.LeftAlone(String reason) ->
                    leftAlone.accept("whisk.system/%s: left alone, because %s".formatted(each.name(), reason));
                case Outcome.Unchanged() -> {}
            }
        }
        return written;
    }
}
