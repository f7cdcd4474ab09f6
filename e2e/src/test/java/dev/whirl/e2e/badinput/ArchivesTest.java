package dev.whirl.e2e.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Archives;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.e2e.support.Unharmed;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Archives that would do harm when they are unpacked are refused when they are stored.
@Tag("attack-26")
class ArchivesTest {
    private static final Api GUEST = SharedServer.guest();

    private Unharmed unharmed;

    @BeforeEach
    void watch() {
        unharmed = Unharmed.watch(SharedServer.get());
    }

    @AfterEach
    void check() {
        unharmed.close();
    }

    private static Answer refused(String kind, String zip) {
        String name = Names.unique("archive");
        Answer answer = GUEST.put(
                Api.action(name),
                "{\"exec\":{\"kind\":\"%s\",\"main\":\"main\",\"code\":\"%s\"}}".formatted(kind, zip));
        GUEST.get(Api.action(name)).expect(404);
        return answer;
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil.js", "a/../../evil.js", "/etc/evil", "..", "a\\..\\..\\evil", "C:\\evil"})
    void anEntryOutsideOfTheArchiveIsRefused(String entry) {
        for (String kind : new String[] {"nodejs:20", "python:3.11", "java:25", "native"}) {
            Answer answer = refused(kind, Archives.zip(Map.of(entry, "evil", "index.js", "exports.main = x => x")));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text("error")).contains("The archive holds an entry that lies outside of it: ");
        }
    }

    @Test
    void anArchiveThatUnpacksToFarTooMuchIsRefused() {
        Answer answer = refused("nodejs:20", Archives.bomb(520));

        assertThat(answer.status()).isIn(400, 413);
        assertThat(answer.text("error")).contains("The archive unpacks to more than allowed: ");
    }

    /// What unpacks an archive does not believe its table of contents.
    @Test
    void anArchiveThatLiesAboutItsSizesFailsInItsSandbox() {
        byte[] zip = Base64.getDecoder().decode(Archives.bomb(300));
        understateSizes(zip);
        String name = Names.unique("liar");
        GUEST.create(name, Code.NODE, Base64.getEncoder().encodeToString(zip), ",\"limits\":{\"memory\":128}");
        unharmed = Unharmed.watch(SharedServer.get());

        Answer record = GUEST.invoke(name, "{}").expect(502);

        assertThat(record.text("response", "status")).isEqualTo("action developer error");
    }

    /// Writes 1 as the unpacked size of each entry of the directory at the end of a zip.
    private static void understateSizes(byte[] zip) {
        for (int i = 0; i + 46 < zip.length; i++) {
            if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
                zip[i + 24] = 1;
                zip[i + 25] = 0;
                zip[i + 26] = 0;
                zip[i + 27] = 0;
            }
        }
    }
}
