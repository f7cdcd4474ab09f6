package dev.whirl.sandbox.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.CollectedLogs.Line;
import dev.whirl.sandbox.CollectedLogs.Stream;
import dev.whirl.sandbox.output.ContainerOutput.Patience;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-16")
class ContainerOutputTest {
    private static final Patience LONG = new Patience(Duration.ofSeconds(20), Duration.ofSeconds(20));
    private static final Patience NONE = new Patience(Duration.ZERO, Duration.ZERO);

    private final ContainerOutput output = new ContainerOutput();

    @Test
    void anActivationsOutputEndsWithTheLineOnBothStreams() throws Exception {
        ActivationId id = begin(1);
        print(Stream.STDOUT, "one\n");
        print(Stream.STDERR, "two" + ContainerOutput.END + "\n");
        output.answered(1, false);

        print(Stream.STDOUT, ContainerOutput.END + "\r\nlate\n");

        CollectedLogs logs = output.collect(id, LONG);
        assertThat(texts(logs)).containsExactly("one", "two", "late");
        assertThat(logs.isComplete()).isTrue();
    }

    @Test
    void withoutTheLineThereIsWhatCameAndItIsToldThatSomeMayBeMissing() throws Exception {
        ActivationId id = begin(1);
        print(Stream.STDOUT, "one\nunfinished");
        output.answered(1, false);

        CollectedLogs logs = output.collect(id, NONE);

        assertThat(texts(logs)).containsExactly("one", "unfinished");
        assertThat(logs.isComplete()).isFalse();
    }

    @Test
    void aQuietRunIsNotWaitedFor() throws Exception {
        ActivationId id = begin(1);
        output.answered(1, true);

        assertThat(output.collect(id, LONG)).isEqualTo(CollectedLogs.NONE);
    }

    @Test
    void markedLinesGoToTheirRunsHoweverTheyMix() throws Exception {
        ActivationId one = begin(1);
        ActivationId two = begin(2);
        print(Stream.STDOUT, "\u001e2:5\u001fof two\n\u001e1:5\u001fof one\n");
        for (Stream each : Stream.values()) {
            print(each, "\u001e2:6\u001f%s\n\u001e1:6\u001f%s\n".formatted(ContainerOutput.END, ContainerOutput.END));
        }

        assertThat(texts(output.collect(one, LONG))).containsExactly("of one");
        assertThat(texts(output.collect(two, LONG))).containsExactly("of two");
    }

    @Test
    @Tag("attack-6")
    void aForgedEndIsForgottenWhenNothingIsInFlight() throws Exception {
        ActivationId forger = begin(1);
        print(Stream.STDOUT, ContainerOutput.END + "\n" + ContainerOutput.END + "\n");
        print(Stream.STDERR, ContainerOutput.END + "\n");
        output.answered(1, false);
        output.collect(forger, LONG);

        ActivationId next = begin(2);
        print(Stream.STDOUT, "mine\n" + ContainerOutput.END + "\n");
        print(Stream.STDERR, ContainerOutput.END + "\n");

        assertThat(texts(output.collect(next, LONG))).containsExactly("mine");
    }

    @Test
    void whatWasPrintedBeforeTheFirstRequestIsKeptForWhoeverAsksWhyItDidNotStart() {
        print(Stream.STDERR, "no such module\n");

        assertThat(output.startOutput()).isEqualTo("no such module");
    }

    @Test
    void theEndOfTheContainerEndsTheWaiting() throws Exception {
        ActivationId id = begin(1);
        print(Stream.STDOUT, "last words");
        output.close();

        assertThat(texts(output.collect(id, LONG))).containsExactly("last words");
    }

    @Test
    void whereTheStreamBreaksOffNobodyWaitsAndSomeMayBeMissing() throws Exception {
        ActivationId torn = begin(1);
        print(Stream.STDOUT, "one\n");
        output.brokeOff();
        ActivationId meanwhile = begin(2);
        output.answered(1, false);
        output.answered(2, false);

        CollectedLogs logs = output.collect(torn, LONG);
        assertThat(texts(logs)).containsExactly("one");
        assertThat(logs.isComplete()).isFalse();
        assertThat(output.collect(meanwhile, LONG).isComplete()).isFalse();
    }

    @Test
    void onceTheStreamIsTakenUpAgainOutputIsWholeAgain() throws Exception {
        output.brokeOff();
        ActivationId torn = begin(1);
        output.tookUp();
        print(Stream.STDOUT, "late\n" + ContainerOutput.END + "\n");
        print(Stream.STDERR, ContainerOutput.END + "\n");
        output.collect(torn, NONE);

        ActivationId next = begin(2);
        print(Stream.STDOUT, "mine\n" + ContainerOutput.END + "\n");
        print(Stream.STDERR, ContainerOutput.END + "\n");

        CollectedLogs logs = output.collect(next, LONG);
        assertThat(texts(logs)).containsExactly("mine");
        assertThat(logs.isComplete()).isTrue();
    }

    private ActivationId begin(int number) {
        ActivationId id = ActivationId.random();
        output.begin(id, number, ByteSize.mebibytes(1));
        return id;
    }

    private void print(Stream stream, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        output.piece(stream, bytes, bytes.length);
    }

    private static List<String> texts(CollectedLogs logs) {
        return logs.lines().stream().map(Line::text).toList();
    }
}
