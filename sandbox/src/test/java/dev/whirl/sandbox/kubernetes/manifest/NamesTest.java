package dev.whirl.sandbox.kubernetes.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("I-25")
class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "invoker0,guest-hello,wskinvoker0-00ab12-7-guest-hello",
        "INVOKER_0,Guest Hello!,wskinvoker-0-00ab12-7-guest-hello",
        "invoker0,---,wskinvoker0-00ab12-7",
        "0,ünï,wsk0-00ab12-7--n"
    })
    void aPodsNameIsMadeOfWhateverSomebodyWrote(String invoker, String label, String name) {
        assertThat(Names.ofPod(invoker, "00ab12", 7, label)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"nodejs:20,nodejs-20", "a/b c,a-b-c", "_x.,x", "'',x", "Guest_1.2-x,Guest_1.2-x"})
    void theValueOfALabelIsWhatClustersTake(String text, String value) {
        assertThat(Names.labelValue(text)).isEqualTo(value);
    }

    @Test
    void whateverIsGivenTheResultIsValid() {
        var random = new Random(4711);
        for (int i = 0; i < 2_000; i++) {
            String text = random.ints(random.nextInt(120), 32, 0x3000)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();

            assertThat(Names.dnsLabel(text)).matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
            assertThat(Names.labelValue(text)).matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
        }
    }

    @Test
    void longNamesAreCutAndStayApart() {
        String label = "x".repeat(100);

        assertThat(Names.ofPod("invoker0", "00ab12", 1, label)).hasSize(63);
        assertThat(Names.ofPod("invoker0", "00ab12", 1, label))
                .isNotEqualTo(Names.ofPod("invoker0", "00ab12", 2, label));
    }
}
