package dev.whirl.sandbox.process.limit;

import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ResourceWatchTest {
    private static final ResourceGroup TREE = new ProcessTreeGroup(ByteSize.mebibytes(1), 1, false);

    @Test
    void oneSandboxThatCannotBeLookedAtKeepsNoOtherFromBeingWatched() {
        var looks = new AtomicInteger();
        try (ResourceWatch watch = ResourceWatch.started()) {
            watch.add(new Busy(() -> {
                throw new StackOverflowError("such as: unable to create a thread");
            }));
            watch.add(new Busy(() -> {
                looks.incrementAndGet();
                return TREE;
            }));

            await().until(() -> looks.get() > 10);
        }
    }

    private interface Groups {
        ResourceGroup next();
    }

    private record Busy(Groups groups) implements ResourceWatch.Watched {
        @Override
        public ResourceGroup group() {
            return groups.next();
        }

        @Override
        public boolean isBusy() {
            return true;
        }
    }
}
