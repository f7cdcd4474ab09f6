package dev.whirl.bench.bare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.bench.load.LoadResult;
import dev.whirl.bench.load.Tally;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class BareWindowTest {
    @TempDir
    Path folder;

    @Test
    void callsInFlightAreAnsweredInAnyOrderAndNoNumberIsUsedTwice() throws Exception {
        Set<Integer> numbers = new HashSet<>();
        var counter = new AtomicInteger(1);
        var tally = new Tally();

        withRuntime(200, numbers, channel -> {
            for (int run = 0; run < 2; run++) {
                new BareWindow(channel, counter, 8, "{\"value\":{}}").run(in(100), tally);
            }
        });

        LoadResult result = LoadResult.of(tally, Duration.ofSeconds(1), Duration.ZERO);
        assertThat(result.successes()).isGreaterThan(16).isEqualTo(numbers.size());
        assertThat(result.errors()).isEmpty();
        assertThat(numbers).doesNotContain(1);
    }

    @Test
    void aReplyWithAnotherStatusIsAnError() throws Exception {
        var tally = new Tally();

        withRuntime(
                502,
                new HashSet<>(),
                channel -> new BareWindow(channel, new AtomicInteger(), 1, "{}").run(in(50), tally));

        assertThat(tally.errors()).containsOnlyKeys("502");
        assertThat(tally.latencies().getTotalCount()).isZero();
    }

    @Test
    void aProcessThatNeverConnectsIsReported() {
        assertThatThrownBy(() -> BareRuntime.start(List.of("true"), "{}", Duration.ofSeconds(5)))
                .hasMessageContaining("did not connect");
    }

    private interface Use {
        void of(SocketChannel channel) throws IOException;
    }

    private void withRuntime(int status, Set<Integer> numbers, Use use) throws Exception {
        var address = UnixDomainSocketAddress.of(folder.resolve("wire.sock"));
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(address);
            try (SocketChannel here = SocketChannel.open(address)) {
                SocketChannel there = listener.accept();
                Thread runtime = Thread.startVirtualThread(() -> serve(there, status, numbers));
                use.of(here);
                here.shutdownOutput();
                runtime.join();
            }
        }
    }

    /// Answers what one read brought, the last call first, each reply in two pieces.
    private static void serve(SocketChannel channel, int status, Set<Integer> numbers) {
        ByteBuffer in = ByteBuffer.allocate(64 * 1024);
        try (channel) {
            while (channel.read(in) >= 0) {
                for (int number : numbersOf(in).reversed()) {
                    numbers.add(number);
                    reply(channel, status, number);
                }
            }
        } catch (IOException _) {
            // the caller has closed it
        }
    }

    private static List<Integer> numbersOf(ByteBuffer in) {
        List<Integer> numbers = new ArrayList<>();
        in.flip();
        while (in.remaining() >= 4 && in.remaining() >= 4 + in.getInt(in.position())) {
            int next = in.getInt() + in.position();
            assertThat(in.get()).isEqualTo(Frame.RUN);
            numbers.add(in.getInt());
            in.position(next);
        }
        in.compact();
        return numbers;
    }

    private static void reply(SocketChannel channel, int status, int number) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(13)
                .putInt(9)
                .put(Frame.REPLY)
                .putInt(number)
                .putShort((short) status)
                .put(new byte[] {'{', '}'})
                .flip();
        channel.write(frame.slice(0, 6));
        channel.write(frame.slice(6, 7));
    }

    private static long in(long millis) {
        return System.nanoTime() + Duration.ofMillis(millis).toNanos();
    }
}
