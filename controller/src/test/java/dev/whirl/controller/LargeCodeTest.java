package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.controller.Http.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Code near and beyond its limits, and archives that must not be stored.
class LargeCodeTest {
    private static final TestPlatform platform = TestPlatform.start();

    private final Http guest = platform.asGuest();

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    @Tag("R-68")
    @Tag("R-25")
    void codeOf48MegabytesIsTakenAndGivenBack() {
        String code = "x y ".repeat(12 * 1024 * 1024 - 10);

        assertThat(guest.put("actions/huge", exec(code)).status()).isEqualTo(200);

        Reply read = guest.get("actions/huge");
        assertThat(read.body().length()).isGreaterThan(code.length());
        assertThat(read.json()
                        .field("exec")
                        .orElseThrow()
                        .field("code")
                        .orElseThrow()
                        .sizeBytes())
                .isEqualTo(code.length() + 2);
    }

    @Test
    @Tag("R-68")
    void moreCodeIsRefused() {
        Reply reply = guest.put("actions/too-huge", exec("x y ".repeat(12 * 1024 * 1024) + "z"));

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.error()).isEqualTo("exec larger than allowed: 50331649 > 50331648 bytes.");
        assertThat(guest.get("actions/too-huge").status()).isEqualTo(404);
    }

    @Test
    @Tag("R-63")
    void aProperArchiveIsTaken() throws Exception {
        Reply reply = guest.put("actions/zip", exec(base64(zip("index.js", "package.json", "lib/..a/b.js"))));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("exec.binary")).isEqualTo("true");
    }

    @ParameterizedTest
    @Tag("attack-26")
    @ValueSource(strings = {"../evil", "a/../../evil", "/etc/passwd", "..", "a\\..\\b", "C:\\x"})
    void anArchiveThatReachesOutsideIsRefused(String entry) throws Exception {
        Reply reply = guest.put("actions/slip", exec(base64(zip("index.js", entry))));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("The archive holds an entry that lies outside of it: '" + entry + "'.");
        assertThat(guest.get("actions/slip").status()).isEqualTo(404);
    }

    @Test
    @Tag("attack-26")
    void aZipBombIsRefused() throws Exception {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("zeros"));
            zip.write(new byte[2 * 1024 * 1024]);
        }

        Reply bomb = guest.put("actions/bomb", exec(base64(out.toByteArray())));
        Reply many =
                guest.put("actions/bomb", exec(base64(zip("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"))));

        assertThat(bomb.error()).isEqualTo("The archive unpacks to more than allowed: 2097152 > 1048576 bytes.");
        assertThat(many.error()).isEqualTo("The archive holds more entries than allowed: 11 > 10.");
        assertThat(guest.get("actions/bomb").status()).isEqualTo(404);
    }

    @Test
    @Tag("attack-26")
    void aDamagedArchiveIsRefused() throws Exception {
        byte[] whole = zip("index.js");
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 20);

        Reply reply = guest.put("actions/damaged", exec(base64(cut)));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("The archive is damaged: its table of contents cannot be read.");
    }

    private static String exec(String code) {
        return "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"" + code + "\"}}";
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] zip(String... names) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (String each : names) {
                zip.putNextEntry(new ZipEntry(each));
                zip.write("x".getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }
}
