package dev.whirl.sandbox.process.launch;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WarmParentsTest {
    private static final String RUNTIME = "any:1";

    @Test
    @Tag("attack-43")
    void startsThatFailTogetherAreOneFailureOfTheirParentAndNotTheEndOfForking() {
        try (var parents = new WarmParents()) {
            await().until(() ->
                    parents.find(RUNTIME, WarmParentsTest::withNothingToFork).isPresent());
            WarmParent first =
                    parents.find(RUNTIME, WarmParentsTest::withNothingToFork).orElseThrow();

            for (int i = 0; i < 20; i++) {
                parents.distrust(RUNTIME, "what was forked did not get ready");
            }

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> parents.find(RUNTIME, WarmParentsTest::withNothingToFork)
                            .filter(next -> next != first)
                            .isPresent());
        }
    }

    private static WarmParent withNothingToFork() throws IOException, InterruptedException {
        return WarmParent.ready(new ProcessBuilder("/bin/sh", "-c", "echo ready; exec cat").start());
    }
}
