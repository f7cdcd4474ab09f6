package dev.whirl.server.catalog;

import dev.whirl.common.config.ConfigReader;
import java.nio.file.Path;

/// Which packages a server on one machine brings along.
///
/// @param isInstalled whether they are put into `whisk.system` when the server starts
/// @param folder where they are described
public record CatalogConfig(boolean isInstalled, Path folder) {
    public static CatalogConfig read(ConfigReader reader) {
        return new CatalogConfig(
                reader.flag(
                        "catalog.install",
                        true,
                        "Whether the packages of the catalog are put into whisk.system at"
                                + " the start, and renewed when they changed."),
                Path.of(reader.text(
                        "catalog.folder", "catalog", "Folder with a folder for each package of the catalog.")));
    }
}
