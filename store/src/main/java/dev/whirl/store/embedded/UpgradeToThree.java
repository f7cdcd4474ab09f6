package dev.whirl.store.embedded;

import java.nio.file.Path;

/// From format 2 to format 3: there is a table of feeds. Opening the database makes it; a version before this one can't
/// open the database then, and the number tells it so.
final class UpgradeToThree implements DataFormat.Upgrade {
    private final Path folder;

    UpgradeToThree(Path root) {
        this.folder = root.resolve(DataFolder.DATABASE);
    }

    @Override
    public void run() {
        Database.open(folder).close();
    }
}
