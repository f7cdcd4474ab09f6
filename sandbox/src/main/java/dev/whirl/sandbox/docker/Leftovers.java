package dev.whirl.sandbox.docker;

import dev.whirl.sandbox.docker.engine.Engine;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes the containers of an earlier server of this installation that ended without a chance to.
final class Leftovers {
    private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

    private Leftovers() {}

    static void remove(Engine engine, ContainerLabels labels) throws IOException, InterruptedException {
        List<String> left = engine.withLabel(ContainerLabels.INSTALLATION, labels.installation());
        for (String each : left) {
            engine.remove(each);
        }
        if (!left.isEmpty()) {
            log.atInfo().addKeyValue("containers", left.size()).log("removed what an earlier server left");
        }
    }
}
