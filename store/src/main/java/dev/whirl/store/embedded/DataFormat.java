package dev.whirl.store.embedded;

import dev.whirl.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The format of a data folder: a number in the file `format`, written once the folder has that format.
///
/// A newer version that stores something in another way adds its step to [#STEPS] and so raises [#CURRENT]. A
/// folder
/// of an older format is brought up step by step; one of a newer format is refused untouched.
final class DataFormat {
    /// From format 1 to 2, from 2 to 3, and so on.
    private static final List<Step> STEPS = List.of(UpgradeToTwo::new, UpgradeToThree::new);

    static final int CURRENT = STEPS.size() + 1;

    private static final Logger LOG = LoggerFactory.getLogger(DataFormat.class);
    private static final String FILE = "format";
    private static final String RESTORING = "restoring";

    /// Brings a folder from one format to the next. May have been broken off at any point before: then it is done
    /// again from its beginning.
    interface Upgrade {
        void run();
    }

    private interface Step {
        Upgrade on(Path root);
    }

    private DataFormat() {}

    /// Brings a folder to the format of this version; a new one gets it at once.
    ///
    /// @throws StoreException.Unavailable if the folder was written by a newer version, is no data folder, or is
    ///     one half restored
    static void check(Path root) throws IOException {
        if (!Files.exists(root.resolve(FILE)) && !Files.exists(root.resolve(DataFolder.DATABASE))) {
            write(root, CURRENT);
            return;
        }
        for (int format = read(root); format < CURRENT; format++) {
            LOG.atInfo()
                    .addKeyValue("folder", root)
                    .addKeyValue("from", format)
                    .addKeyValue("to", format + 1)
                    .log("The data folder is brought to a newer format");
            STEPS.get(format - 1).on(root).run();
            write(root, format + 1);
        }
    }

    /// The format of a folder, which this version can read or bring up.
    ///
    /// @throws StoreException.Unavailable if it has none or a newer one
    static int read(Path root) throws IOException {
        Path file = root.resolve(FILE);
        if (!Files.exists(file)) {
            throw new StoreException.Unavailable(
                    "%s is not a whole data folder: it has no file 'format'.".formatted(root));
        }
        String text = Files.readString(file).strip();
        if (text.equals(RESTORING)) {
            throw new StoreException.Unavailable(
                    "The data folder %s is half restored: empty it and restore the backup again.".formatted(root));
        }
        int found = parse(root, text);
        if (found < 1) {
            throw new StoreException.Unavailable(
                    "The data folder %s has format %d, which never existed.".formatted(root, found));
        }
        if (found > CURRENT) {
            throw new StoreException.Unavailable(
                    "The data folder %s has format %d, which a newer version wrote; this version reads up to format %d."
                            .formatted(root, found, CURRENT));
        }
        return found;
    }

    static void write(Path root, int format) throws IOException {
        Durably.write(root, FILE, Integer.toString(format));
    }

    /// Marks a folder that is not whole yet.
    static void writeRestoring(Path root) throws IOException {
        Durably.write(root, FILE, RESTORING);
    }

    private static int parse(Path root, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new StoreException.Unavailable(
                    "%s is not a data folder: its file 'format' holds no number.".formatted(root), e);
        }
    }
}
