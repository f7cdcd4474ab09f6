package dev.whirl.sandbox.process;

import dev.whirl.sandbox.process.launch.SandboxFolder;
import dev.whirl.sandbox.process.limit.AbandonedGroups;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes what servers left that ended without a chance to: their sandboxes' folders and control groups, and what
/// still runs in those.
final class Leftovers {
    private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

    private Leftovers() {}

    /// @param base where servers have their folders: this user's own, as [RunFolder#create] checked
    /// @param groupParents where servers have their control groups
    static void remove(Path base, List<Path> groupParents) {
        groupParents.forEach(parent -> AbandonedGroups.end(parent, RunFolder::isOfADeadServer));
        groupParents.forEach(parent -> AbandonedGroups.remove(parent, RunFolder::isOfADeadServer));
        if (!Files.isDirectory(base)) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(base, "whirl-*")) {
            for (Path each : all) {
                if (RunFolder.isOfADeadServer(each.getFileName().toString())) {
                    removeFolder(each);
                }
            }
        } catch (IOException e) {
            log.atWarn().addKeyValue("folder", base).setCause(e).log("could not look for what earlier servers left");
        }
    }

    /// One that can't be removed does not keep the others.
    private static void removeFolder(Path folder) {
        try {
            SandboxFolder.deleteTree(folder);
            log.atInfo().addKeyValue("folder", folder).log("removed what an earlier server left");
        } catch (IOException e) {
            log.atWarn().addKeyValue("folder", folder).setCause(e).log("could not remove what an earlier server left");
        }
    }
}
