package dev.whirl.store.embedded;

import dev.whirl.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The format of a data folder: a number in the file `format`, written once the folder has that format.
///
/// A newer version that stores something in another way raises [#CURRENT] and adds its step to [#upgrade].
final class DataFormat {
    static final int CURRENT = 1;

    private static final String FILE = "format";

    private DataFormat() {}

    /// @throws StoreException if the folder was written by a newer version, or is no data folder
    static void check(Path root) throws IOException {
        Path file = root.resolve(FILE);
        if (!Files.exists(file)) {
            Durably.write(root, FILE, Integer.toString(CURRENT));
            return;
        }
        int found = parse(root, Files.readString(file).strip());
        if (found > CURRENT) {
            throw new StoreException(
                    "The data folder %s has format %d, which a newer version wrote; this version reads up to format %d."
                            .formatted(root, found, CURRENT));
        }
        for (int format = found; format < CURRENT; format++) {
            upgrade(root, format);
            Durably.write(root, FILE, Integer.toString(format + 1));
        }
    }

    /// Brings a folder from one format to the next; must do no harm if it is done twice.
    private static void upgrade(Path root, int from) {
        throw new StoreException("The data folder %s has format %d, which never existed.".formatted(root, from));
    }

    private static int parse(Path root, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new StoreException("%s is not a data folder: its file 'format' holds no number.".formatted(root), e);
        }
    }
}
