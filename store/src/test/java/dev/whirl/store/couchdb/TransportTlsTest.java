package dev.whirl.store.couchdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.whirl.store.couchdb.CouchStoreConfig.Access;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransportTlsTest {
    private static final String SECRET = "changeit";

    @TempDir
    Path folder;

    @Test
    void aServerIsTrustedWhoseCertificateIsGivenAndNoOther() throws Exception {
        run("-genkeypair", "-keyalg", "EC", "-dname", "CN=couch", "-ext", "san=ip:127.0.0.1");
        run("-exportcert", "-rfc", "-file", folder.resolve("ca.pem").toString());
        HttpsServer server = serve();
        try {
            int port = server.getAddress().getPort();

            assertThat(ask(port, folder.resolve("ca.pem")).status()).isEqualTo(200);
            assertThatThrownBy(() -> ask(port, null))
                    .isInstanceOf(Transport.Failure.class)
                    .hasMessageContaining("certification path");
        } finally {
            server.stop(0);
        }
    }

    private static Reply ask(int port, @Nullable Path trust) throws Transport.Failure {
        var access = new Access(URI.create("https://127.0.0.1:" + port), "", "", trust);
        try (var transport = new Transport(access, CouchUnderTest.fresh().pace())) {
            return transport.send(Call.get(""));
        }
    }

    private HttpsServer serve() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
            keys.load(in, SECRET.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, SECRET.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            byte[] page = "{\"couchdb\":\"Welcome\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        return server;
    }

    private void run(String... arguments) throws Exception {
        var command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", "couch", "-storepass", SECRET, "-storetype", "PKCS12", "-keystore"));
        command.add(folder.resolve("keys.p12").toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.txt").toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("keytool.txt")))
                .isZero();
    }
}
