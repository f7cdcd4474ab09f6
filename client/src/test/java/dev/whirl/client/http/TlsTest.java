package dev.whirl.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.whirl.client.ClientConfig;
import dev.whirl.client.ConnectionException;
import dev.whirl.client.TlsOptions;
import dev.whirl.client.WhirlClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// https against a real server whose certificate nobody signed.
final class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path folder;

    private static KeyStore store;

    @BeforeAll
    static void makeCertificate() throws Exception {
        store = store("store.p12", "dns:elsewhere.example");
        Files.writeString(
                folder.resolve("cert.pem"),
                pem("CERTIFICATE", store.getCertificate("key").getEncoded()));
        Files.writeString(
                folder.resolve("key.pem"),
                pem("PRIVATE KEY", store.getKey("key", PASSWORD).getEncoded()));
    }

    /// A key and a certificate that it signed itself.
    private static KeyStore store(String name, String subject) throws Exception {
        Path file = folder.resolve(name);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + subject,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    @Test
    void aCertificateThatNobodySignedIsRefused() throws Exception {
        HttpServer server = server(false);
        try (var client = client(server, TlsOptions.DEFAULT)) {
            var error = catchThrowableOfType(ConnectionException.class, client::info);

            assertThat(error.isCertificateFailure()).isTrue();
            assertThat(error).hasMessageEndingWith("is not signed by an authority that this machine trusts");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anAuthorityOfAFileIsTrustedBesideThoseOfTheJdk() throws Exception {
        KeyStore keys = store("local.p12", "ip:127.0.0.1");
        Path bundle = Files.writeString(
                folder.resolve("bundle.pem"),
                "# text - between\n-----BEGIN CERTIFICATE-----\nbroken\n-----END CERTIFICATE-----\n"
                        + pem("CERTIFICATE", keys.getCertificate("key").getEncoded()));
        HttpServer server = server(keys, false);
        HttpServer other = server(false);
        TlsOptions tls = TlsOptions.DEFAULT.withAuthorities(bundle);
        try (var client = client(server, tls);
                var doubtful = client(other, tls)) {
            assertThat(client.info().description()).isEqualTo("secure");
            assertThat(catchThrowableOfType(ConnectionException.class, doubtful::info)
                            .isCertificateFailure())
                    .isTrue();
        } finally {
            server.stop(0);
            other.stop(0);
        }
    }

    @Test
    void authoritiesOfAFileCanStandInPlaceOfThoseOfTheJdk() throws Exception {
        KeyStore keys = store("own.p12", "ip:127.0.0.1");
        KeyStore publicKeys = store("public.p12", "ip:127.0.0.1");
        Path bundle = Files.writeString(
                folder.resolve("own.pem"),
                pem("CERTIFICATE", keys.getCertificate("key").getEncoded()));
        HttpServer own = server(keys, false);
        HttpServer other = server(publicKeys, false);
        TlsOptions only = TlsOptions.DEFAULT.withOnlyAuthorities(bundle);
        try (var _ = new JdkTrust(folder.resolve("public.p12"));
                var client = client(own, only);
                var beside = client(other, TlsOptions.DEFAULT.withAuthorities(bundle));
                var strict = client(other, only)) {
            assertThat(client.info().description()).isEqualTo("secure");
            assertThat(beside.info().description()).isEqualTo("secure");
            assertThat(catchThrowableOfType(ConnectionException.class, strict::info)
                            .isCertificateFailure())
                    .isTrue();
        } finally {
            own.stop(0);
            other.stop(0);
        }
    }

    @Test
    void insecureAcceptsAnyCertificateAndName() throws Exception {
        HttpServer server = server(false);
        try (var client = client(server, new TlsOptions(true, null))) {
            assertThat(client.info().description()).isEqualTo("secure");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aClientCertificateIsShownToTheServer() throws Exception {
        HttpServer server = server(true);
        var identity = new TlsOptions.Identity(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        try (var client = client(server, new TlsOptions(true, identity));
                var stranger = client(server, new TlsOptions(true, null))) {
            assertThat(client.info().description()).isEqualTo("secure");
            assertThat(catchThrowableOfType(ConnectionException.class, stranger::info))
                    .isNotNull();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aServerThatIsSilentInTlsIsATlsFailure() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var config = ClientConfig.of("https://127.0.0.1:" + silent.getLocalPort(), null)
                    .withTimeouts(Duration.ofMillis(300), Duration.ofSeconds(5));
            try (var client = WhirlClient.connect(config)) {
                assertThat(catchThrowableOfType(ConnectionException.class, client::info)
                                .isTlsFailure())
                        .isTrue();
            }
        }
    }

    @Test
    void aKeyOfAnotherFormIsExplained() throws IOException {
        Path wrong = Files.writeString(folder.resolve("rsa.pem"), "-----BEGIN RSA PRIVATE KEY-----\n");
        var identity = new TlsOptions.Identity(folder.resolve("cert.pem"), wrong);
        var config = ClientConfig.of("https://127.0.0.1:" + freePort(), null).withTls(new TlsOptions(true, identity));
        try (var client = WhirlClient.connect(config)) {
            assertThat(catchThrowableOfType(ConnectionException.class, client::info))
                    .hasMessageContaining("openssl pkcs8")
                    .hasMessageNotContaining("cannot talk")
                    .extracting(ConnectionException::isOwnCertificate)
                    .isEqualTo(true);
        }
    }

    @Test
    void aDamagedKeyIsToldAndNamesItsFile() throws IOException {
        Path damaged = Files.writeString(
                folder.resolve("damaged.pem"), "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n");
        var identity = new TlsOptions.Identity(folder.resolve("cert.pem"), damaged);

        assertThatThrownBy(() -> TlsContexts.create(new TlsOptions(true, identity)))
                .isInstanceOf(IOException.class)
                .hasMessage("the private key in " + damaged + " is damaged");
    }

    /// As if the JDK trusted those of a file.
    private static final class JdkTrust implements AutoCloseable {
        private static final String STORE = "javax.net.ssl.trustStore";
        private static final String STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

        JdkTrust(Path store) throws Exception {
            Path trusted = folder.resolve("jdk.p12");
            KeyStore certificates = KeyStore.getInstance("PKCS12");
            certificates.load(null, null);
            certificates.setCertificateEntry(
                    "public", KeyStore.getInstance(store.toFile(), PASSWORD).getCertificate("key"));
            try (OutputStream out = Files.newOutputStream(trusted)) {
                certificates.store(out, PASSWORD);
            }
            System.setProperty(STORE, trusted.toString());
            System.setProperty(STORE_PASSWORD, new String(PASSWORD));
        }

        @Override
        public void close() {
            System.clearProperty(STORE);
            System.clearProperty(STORE_PASSWORD);
        }
    }

    private static WhirlClient client(HttpServer server, TlsOptions tls) {
        String url = "https://127.0.0.1:" + server.getAddress().getPort();
        return WhirlClient.connect(ClientConfig.of(url, null).withTls(tls));
    }

    private static HttpServer server(boolean wantsClientCertificate) throws Exception {
        return server(store, wantsClientCertificate);
    }

    private static HttpServer server(KeyStore store, boolean wantsClientCertificate) throws Exception {
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("key", store.getCertificate("key"));
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                var ssl = context.getDefaultSSLParameters();
                ssl.setNeedClientAuth(wantsClientCertificate);
                parameters.setSSLParameters(ssl);
            }
        });
        server.createContext("/", exchange -> {
            byte[] body = "{\"description\":\"secure\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(type, Base64.getMimeEncoder().encodeToString(der), type);
    }
}
