package dev.whirl.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.time.Deadlines;
import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.image.ImageTraits;
import dev.whirl.sandbox.output.ContainerOutput;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveSandboxesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final TestLife LIFE = new TestLife();

    private final Deadlines deadlines = Deadlines.started("container-deadlines");
    private final LiveSandboxes<Box> live = new LiveSandboxes<>();

    @AfterEach
    void close() {
        deadlines.close();
    }

    @Test
    void closingClosesAllAndStartsNoMore() throws Exception {
        Box first = live.start(gone -> new Box("a", gone));
        Box second = live.start(gone -> new Box("b", gone));
        first.close();
        assertThat(live.names(Box::id)).containsExactly("b");

        live.close(PATIENCE);

        assertThat(second.isRemoved).isTrue();
        assertThat(live.names(Box::id)).isEmpty();
        assertThatThrownBy(() -> live.start(gone -> new Box("c", gone)))
                .isInstanceOf(SandboxException.class)
                .hasMessage("the server is ending");
    }

    @Test
    void whatIsBeingStartedIsWaitedForAndClosed() throws Exception {
        var isUnderWay = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Box> start = threads.submit(() -> live.start(gone -> {
                isUnderWay.countDown();
                goOn.await();
                return new Box("a", gone);
            }));
            isUnderWay.await();
            live.refuse();
            Future<?> closing = threads.submit(() -> live.close(PATIENCE));

            assertThat(closing.isDone()).isFalse();
            goOn.countDown();
            closing.get();

            assertThat(start.get().isRemoved).isTrue();
            assertThat(live.names(Box::id)).isEmpty();
        }
    }

    @Test
    void whatDoesNotEndIsLeft() throws Exception {
        var never = new CountDownLatch(1);
        live.start(gone -> new Box("a", gone) {
            @Override
            protected void remove() {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        long start = System.nanoTime();

        live.close(Duration.ofMillis(50));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
    }

    /// A sandbox of nothing.
    private class Box extends ContainerSandbox {
        private final String name;
        private volatile boolean isRemoved;

        private Box(String name, Consumer<ContainerSandbox> whenClosed) {
            super(
                    new SandboxSpec("probe:1", "image", ByteSize.mebibytes(1), "test"),
                    new HttpRuntime(
                            new ContainerCalls(new InetSocketAddress(1), LIFE, PATIENCE, deadlines),
                            new ContainerOutput(),
                            ImageTraits.NONE,
                            true,
                            LIFE),
                    whenClosed);
            this.name = name;
        }

        @Override
        public String id() {
            return name;
        }

        @Override
        public boolean canResize() {
            return false;
        }

        @Override
        protected void limitMemory(ByteSize memory) {}

        @Override
        public Condition inspect() {
            return Condition.CLEAN;
        }

        @Override
        public boolean canPause() {
            return false;
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        protected void remove() {
            isRemoved = true;
        }
    }
}
