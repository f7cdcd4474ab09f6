package dev.whirl.e2e.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.tls.CertificatePair;
import dev.whirl.e2e.catalog.MailServer.Mail;
import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The package `smtp` with a mail server.
class MailActionTest {
    private final Api guest = SharedServer.guest();

    @Test
    void aMessageReachesAllWhomTheServerTakesItForAndNobodySeesTheHiddenOnes() {
        try (var server = MailServer.open()) {
            Answer answer = send(server, "none", """
                    ,"from":"The shop <shop@example.com>","to":"Ada <ada@example.com>, nobody@example.com",\
                    "cc":["bob@example.com"],"bcc":"eve@example.com","subject":"Grüße","text":"Für dich",\
                    "html":"<p>Für dich</p>","attachments":[{"name":"a.txt","contentType":"text/plain","content":"hi"}]""");

            assertThat(answer.expect(200).at("sent").toString())
                    .isEqualTo("[\"ada@example.com\",\"bob@example.com\",\"eve@example.com\"]");
            assertThat(answer.at("refused").fields()).containsOnlyKeys("nobody@example.com");
            List<Mail> taken = server.taken();
            assertThat(taken)
                    .extracting(Mail::recipient)
                    .containsExactlyInAnyOrder("ada@example.com", "bob@example.com", "eve@example.com");
            assertThat(taken)
                    .allSatisfy(each -> assertThat(each.text())
                            .contains(
                                    "From: The shop <shop@example.com>",
                                    "To: Ada <ada@example.com>",
                                    "Cc: bob@example.com")
                            .contains("Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=")
                            .contains("multipart/alternative", "filename=\"a.txt\"")
                            .contains("Message-ID: " + answer.text("messageId"))
                            .doesNotContain("eve@example.com"));
        }
    }

    @Test
    void whatNobodyIsToGetIsAnError() {
        try (var server = MailServer.open()) {
            Answer answer =
                    send(server, "none", ",\"from\":\"a@example.com\",\"to\":\"nobody@example.com\",\"text\":\"x\"");

            assertThat(answer.expect(502).body())
                    .contains("The server takes the message for nobody: nobody@example.com: 5");
            assertThat(server.taken()).isEmpty();
        }
    }

    @Test
    void overTlsTheServersCertificateIsCheckedAndThePasswordToldToItAlone(@TempDir Path folder) {
        CertificatePair certificate = CertificatePair.in(folder, "IP:127.0.0.1");
        String ca = RawJson.string(certificate.pem()).toString();
        String message = ",\"from\":\"a@example.com\",\"to\":\"b@example.com\",\"text\":\"x\",\"user\":\"shop\"";
        try (var server = MailServer.secure(certificate)) {
            String right = message + ",\"password\":\"" + MailServer.PASSWORD + "\"";
            send(server, "starttls", right + ",\"ca\":" + ca).expect(200);
            assertThat(server.taken()).hasSize(1);

            assertThat(send(server, "starttls", right).expect(502).body()).contains("self-signed certificate");
            assertThat(send(server, "starttls", message + ",\"password\":\"wrong-one\",\"ca\":" + ca)
                            .expect(502)
                            .body())
                    .contains("The server answered 535")
                    .doesNotContain("wrong-one");
            assertThat(send(server, "none", right).expect(502).body()).contains("error");
            assertThat(server.taken()).hasSize(1);
        }
    }

    @Test
    void aServerThatAnswersLetterByLetterIsGivenUpInTime() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> spellOut(socket));
            long begin = System.nanoTime();

            Answer answer = sendWithinASecond(socket.getLocalPort());

            assertThat(answer.expect(502).body())
                    .contains(
                            "127.0.0.1 did not take the message within 1000 ms: whether it will arrive is not known.");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void aServerThatIsNotReachedInTimeIsSaidToBeOutOfReach() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> crowd = crowd(socket);
            long begin = System.nanoTime();

            Answer answer = sendWithinASecond(socket.getLocalPort());

            assertThat(answer.expect(502).body()).contains("127.0.0.1 could not be reached: timed out");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
            for (Socket each : crowd) {
                each.close();
            }
        }
    }

    /// Connects until there is no room for more who wait: the system lets whoever comes then wait without an answer.
    private static List<Socket> crowd(ServerSocket socket) throws IOException {
        var crowd = new ArrayList<Socket>();
        while (true) {
            var each = new Socket();
            try {
                each.connect(new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort()), 500);
                crowd.add(each);
            } catch (SocketTimeoutException _) {
                each.close();
                return crowd;
            }
        }
    }

    /// Says a line without end, a letter every tenth of a second.
    private static void spellOut(ServerSocket socket) {
        try (Socket caller = socket.accept()) {
            while (!Thread.currentThread().isInterrupted()) {
                caller.getOutputStream().write('2');
                Thread.sleep(100);
            }
        } catch (IOException | InterruptedException _) {
            // the caller has enough
        }
    }

    @Test
    void aLineBreakPutsNothingIntoTheHead() {
        try (var server = MailServer.open()) {
            for (String evil : List.of(
                    "\"subject\":\"x\\nBcc: eve@example.com\"",
                    "\"replyTo\":\"a@example.com\\nBcc: eve@example.com\"",
                    "\"to\":\"a@example.com\\nBcc: eve@example.com\"")) {
                String to = evil.contains("\"to\"") ? "" : ",\"to\":\"b@example.com\"";
                assertThat(send(server, "none", ",\"from\":\"a@example.com\",\"text\":\"x\"" + to + "," + evil)
                                .expect(502)
                                .body())
                        .containsAnyOf("The message can't be written", "must have no line break");
            }
            assertThat(server.taken()).isEmpty();
        }
    }

    private Answer sendWithinASecond(int port) {
        return guest.post(
                "/api/v1/namespaces/whisk.system/actions/smtp/send?blocking=true&result=true",
                ("{\"host\":\"127.0.0.1\",\"port\":%d,\"security\":\"none\",\"timeout\":1000,"
                                + "\"from\":\"a@example.com\",\"to\":\"b@example.com\",\"text\":\"x\"}")
                        .formatted(port));
    }

    private Answer send(MailServer server, String security, String more) {
        return guest.post(
                "/api/v1/namespaces/whisk.system/actions/smtp/send?blocking=true&result=true",
                "{\"host\":\"127.0.0.1\",\"port\":%d,\"security\":\"%s\"%s}".formatted(server.port(), security, more));
    }
}
