package dev.whirl.invoker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.whirl.common.units.ByteSize;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.CodeStore;
import dev.whirl.store.memory.MemoryStores;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CodeTextsTest {
    private static final int MEGABYTE = 1 << 20;
    private static final ByteSize PLENTY = ByteSize.mebibytes(512);

    private final Reads store = new Reads();

    @Test
    @Tag("K-10")
    void theTextIsOneJsonStringWithTheUsualEscapes() throws Exception {
        String code = "a \"b\" \\ c\r\n\td\u0001 é 😀";

        assertThat(text(new CodeTexts(store, PLENTY, PLENTY), put(code))).isEqualTo(RawJson.string(code));
    }

    @Test
    @Tag("P-27")
    void largeCodeIsCopiedAsSeldomAsPossible() throws Exception {
        Exec exec = put("x".repeat(16 * MEGABYTE));
        var texts = new CodeTexts(store, PLENTY, PLENTY);
        text(texts, put("warm up"));

        long before = allocated();
        text(texts, exec);
        long copies = (allocated() - before) / (16 * MEGABYTE);

        assertThat(copies).as("what the store gives, and the string").isEqualTo(2);
    }

    @Test
    @Tag("P-27")
    void theSameCodeIsReadOnceHoweverManyAskForIt() throws Exception {
        Exec exec = put("function main() {}");
        var texts = new CodeTexts(store, PLENTY, PLENTY);
        store.mayGoOn = new CountDownLatch(1);
        var read = new CopyOnWriteArrayList<RawJson>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(start(() -> read.add(text(texts, exec))));
        }
        await().until(() -> store.reads.get() > 0);
        store.mayGoOn.countDown();
        for (Thread each : threads) {
            assertThat(each.join(Duration.ofSeconds(60))).isTrue();
        }

        assertThat(read).hasSize(8).containsOnly(RawJson.string("function main() {}"));
        assertThat(store.reads).hasValue(1);
    }

    @Test
    @Tag("P-27")
    void ofLargeCodeOnlySoMuchIsUnderWayAtATimeWhileSmallCodePasses() throws Exception {
        Exec large = put("x".repeat(2 * MEGABYTE));
        Exec other = put("y".repeat(2 * MEGABYTE));
        var texts = new CodeTexts(store, PLENTY, ByteSize.mebibytes(5));
        var read = new CopyOnWriteArrayList<RawJson>();

        Thread second;
        try (CodeTexts.Loan first = texts.lend(large)) {
            second = start(() -> read.add(text(texts, other)));
            await().until(() -> texts.waiting() == 1);
            assertThat(text(texts, put("small"))).isEqualTo(RawJson.string("small"));
            assertThat(first.text()).isNotNull();
            assertThat(read).isEmpty();
            first.giveBack(); // it is sent; the init may last on
            assertThat(second.join(Duration.ofSeconds(60))).isTrue();
        }
        assertThat(read).hasSize(1);
    }

    @Test
    @Tag("P-27")
    void codeThatIsReadTakesHalfOfWhatReadingItTook() throws Exception {
        Exec large = put("x".repeat(2 * MEGABYTE));
        Exec other = put("y".repeat(2 * MEGABYTE));
        var texts = new CodeTexts(store, PLENTY, ByteSize.mebibytes(7));

        try (CodeTexts.Loan first = texts.lend(large);
                CodeTexts.Loan second = texts.lend(other)) {
            assertThat(first.text().sizeBytes()).isEqualTo(second.text().sizeBytes());
        }
    }

    @Test
    @Tag("P-27")
    void aLoanThatWasGivenBackHoldsNoCode() throws Exception {
        CodeTexts.Loan loan = new CodeTexts(store, PLENTY, PLENTY).lend(put("function main() {}"));

        loan.giveBack();
        loan.close();

        assertThatThrownBy(loan::text).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void codeLargerThanAllThatMayBeUnderWayGetsThroughAlone() throws Exception {
        Exec large = put("x".repeat(2 * MEGABYTE));

        assertThat(text(new CodeTexts(store, PLENTY, ByteSize.mebibytes(1)), large))
                .isNotNull();
    }

    private interface Task {
        void run() throws InterruptedException;
    }

    private static Thread start(Task task) {
        return Thread.ofVirtual().start(() -> {
            try {
                task.run();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static RawJson text(CodeTexts texts, Exec exec) throws InterruptedException {
        try (CodeTexts.Loan loan = texts.lend(exec)) {
            return loan.text();
        }
    }

    private Exec put(String code) {
        return new Exec.Code("nodejs:20", store.put(code.getBytes(StandardCharsets.UTF_8), false), null);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /// Counts what is read, and reads when it may.
    private static final class Reads implements CodeStore {
        final AtomicInteger reads = new AtomicInteger();
        volatile CountDownLatch mayGoOn = new CountDownLatch(0);

        private final CodeStore all = new MemoryStores().code();

        @Override
        public Offered offer(byte[] text, boolean isBinary) {
            return all.offer(text, isBinary);
        }

        @Override
        public byte[] get(CodeRef ref) {
            reads.incrementAndGet();
            try {
                if (!mayGoOn.await(60, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("nobody said go on");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return all.get(ref);
        }
    }
}
