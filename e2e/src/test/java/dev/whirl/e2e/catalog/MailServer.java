package dev.whirl.e2e.catalog;

import dev.whirl.common.tls.CertificatePair;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.helper.SimpleMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/// A mail server on a port of the loopback address that keeps what it takes. It takes nothing for `nobody@…`.
final class MailServer implements AutoCloseable {
    static final String USER = "shop";
    static final String PASSWORD = "s3cret-of-the-shop";

    private final List<Mail> taken = new CopyOnWriteArrayList<>();
    private final SMTPServer server;

    /// @param recipient of the envelope
    /// @param text headers and body
    record Mail(String sender, String recipient, String text) {}

    private final class Inbox implements SimpleMessageListener {
        @Override
        public boolean accept(@Nullable String from, @Nullable String recipient) {
            return recipient != null && !recipient.startsWith("nobody@");
        }

        @Override
        public void deliver(@Nullable String from, @Nullable String recipient, InputStream data) throws IOException {
            taken.add(new Mail(
                    String.valueOf(from),
                    String.valueOf(recipient),
                    new String(data.readAllBytes(), StandardCharsets.UTF_8)));
        }
    }

    /// One that wants STARTTLS, user and password.
    static MailServer secure(CertificatePair certificate) {
        return new MailServer(SMTPServer.port(0)
                .enableTLS(true)
                .requireTLS(true)
                .startTlsSocketFactory(certificate.context())
                .requireAuth(true)
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, _) -> {
                    if (!USER.equals(user) || !PASSWORD.equals(password)) {
                        throw new LoginFailedException();
                    }
                })));
    }

    static MailServer open() {
        return new MailServer(SMTPServer.port(0));
    }

    private MailServer(SMTPServer.Builder wanted) {
        server = wanted.bindAddress(InetAddress.getLoopbackAddress())
                .simpleMessageListener(new Inbox())
                .build();
        server.start();
    }

    int port() {
        return server.getPortAllocated();
    }

    List<Mail> taken() {
        return List.copyOf(taken);
    }

    @Override
    public void close() {
        server.stop();
    }
}
