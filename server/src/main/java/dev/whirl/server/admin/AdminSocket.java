package dev.whirl.server.admin;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// The socket of a running server, in its data folder: only its user may look into that, and only its user may use
/// the socket.
final class AdminSocket {
    private static final String NAME = "admin.sock";

    /// A socket's address holds no longer path (108 bytes on Linux, 104 elsewhere, with a zero).
    private static final int LONGEST = 100;

    private interface Use<T> {
        T with(UnixDomainSocketAddress address) throws IOException;
    }

    private AdminSocket() {}

    static Path in(Path data) {
        return data.toAbsolutePath().normalize().resolve(NAME);
    }

    static ServerSocketChannel listen(Path data) throws IOException {
        Path file = in(data);
        Files.deleteIfExists(file); // left by a server that was killed; the folder's lock says that none runs
        ServerSocketChannel channel = at(file, address -> {
            ServerSocketChannel made = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                return made.bind(address);
            } catch (IOException e) {
                made.close();
                throw e;
            }
        });
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return channel;
    }

    /// Connects to the server on this data folder; empty if none listens there.
    static Optional<SocketChannel> connect(Path data) {
        Path file = in(data);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(at(file, SocketChannel::open));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// A path that is too long for an address is reached over a shorter one.
    private static <T> T at(Path file, Use<T> use) throws IOException {
        if (file.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
            return use.with(UnixDomainSocketAddress.of(file));
        }
        Path folder = Files.createTempDirectory("whirl");
        Path link = folder.resolve("d");
        try {
            Files.createSymbolicLink(link, file.getParent());
            return use.with(UnixDomainSocketAddress.of(link.resolve(NAME)));
        } finally {
            Files.deleteIfExists(link);
            Files.delete(folder);
        }
    }
}
