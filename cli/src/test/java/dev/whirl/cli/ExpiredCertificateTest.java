package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A real TLS server with a certificate that was good until yesterday.
@Tag("L-30")
final class ExpiredCertificateTest extends WskTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private HttpsServer server;

    @BeforeEach
    void serve() throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(store(folder.resolve("store.p12")))));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("[]".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        wsk.with("WHISK_APIHOST", "https://127.0.0.1:" + server.getAddress().getPort());
    }

    @Test
    void itIsRefusedInOneLineAndInsecureAcceptsIt() {
        try {
            var refused = wsk.run("action", "list");

            assertThat(refused.exitCode()).isEqualTo(3);
            assertThat(refused.out()).isEmpty();
            assertThat(refused.err())
                    .matches("error: Unable to obtain the list of actions for namespace 'default': cannot talk to "
                            + "https://127\\.0\\.0\\.1:\\d+: the server's certificate has expired: [^\n]+; --insecure "
                            + "accepts it all the same\n");
            assertThat(wsk.run("action", "list", "-i")).isEqualTo(new Wsk.Run(0, "actions\n", ""));
        } finally {
            server.stop(0);
        }
    }

    private static KeyStore store(Path file) throws IOException, InterruptedException, GeneralSecurityException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-startdate",
                "-10d",
                "-validity",
                "9",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    private static SSLContext context(KeyStore store) throws GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
