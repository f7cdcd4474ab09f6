package dev.whirl.server.admin;

import dev.whirl.model.entity.EntityId;
import dev.whirl.server.catalog.Catalog;
import dev.whirl.server.catalog.CatalogException;
import dev.whirl.server.catalog.CatalogInstaller;
import dev.whirl.server.catalog.CatalogReader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/// `whirl admin install-catalog`.
record InstallCatalog(Path folder, boolean isForced) implements AdminTask.Work {
    @Override
    public int run(Administered place, Consumer<String> out) {
        try {
            var installer = new CatalogInstaller(place.stores(), InstantSource.system(), isForced);
            List<EntityId> written = Catalog.install(CatalogReader.read(folder, out), installer, out, out);
            place.entitiesChanged(written);
            if (written.isEmpty()) {
                out.accept("Nothing had to be installed.");
            }
            return AdminTask.DONE;
        } catch (CatalogException e) {
            out.accept(String.valueOf(e.getMessage()));
            return AdminTask.FAILED;
        }
    }
}
