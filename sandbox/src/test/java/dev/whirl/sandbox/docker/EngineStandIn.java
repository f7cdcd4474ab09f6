package dev.whirl.sandbox.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Answers as an engine does whose registries are elsewhere: for what a real engine can't do without a registry.
final class EngineStandIn implements AutoCloseable {
    static final long IMAGE_BYTES = 1_000;

    private final Path socket;
    private final ServerSocketChannel listener;
    private final Map<String, String> images = new ConcurrentHashMap<>();
    private final Map<String, String> pullable = new ConcurrentHashMap<>();
    private final List<String> removed = new CopyOnWriteArrayList<>();
    private final List<String> inUse = new CopyOnWriteArrayList<>();
    private final List<String> pulls = new CopyOnWriteArrayList<>();
    private final List<String> credentials = new CopyOnWriteArrayList<>();

    EngineStandIn() throws IOException {
        socket = Files.createTempDirectory("engine").resolve("docker.sock");
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::serve);
    }

    Path socket() {
        return socket;
    }

    /// The engine has an image.
    EngineStandIn has(String name, String id) {
        images.put(name, id);
        return this;
    }

    /// A registry has an image: `name:tag`, or `name:digest`.
    EngineStandIn canPull(String name, String id) {
        pullable.put(name, id);
        return this;
    }

    /// A container is made of an image.
    void inUse(String name) {
        inUse.add(name);
    }

    /// What was removed.
    List<String> removed() {
        return List.copyOf(removed);
    }

    /// What was pulled, or tried to be, as `name:tag`.
    List<String> pulls() {
        return List.copyOf(pulls);
    }

    /// The credentials of each pull.
    List<String> credentials() {
        return List.copyOf(credentials);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        Files.deleteIfExists(socket);
    }

    private void serve() {
        while (listener.isOpen()) {
            try {
                SocketChannel channel = listener.accept();
                Thread.ofVirtual().start(() -> answer(channel));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void answer(SocketChannel channel) {
        try (channel) {
            var in = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), ISO_8859_1));
            String[] request = in.readLine().split(" ");
            String auth = "";
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                auth = line.startsWith("X-Registry-Auth: ") ? line.substring("X-Registry-Auth: ".length()) : auth;
            }
            String path = java.net.URLDecoder.decode(request[1], UTF_8);
            String[] answer = request[0].equals("DELETE")
                    ? remove(path)
                    : path.contains("/images/create") ? pull(path, auth) : look(path);
            String text =
                    "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s".formatted(answer[0], answer[1].length(), answer[1]);
            channel.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String[] pull(String path, String auth) {
        String name = path.replaceFirst(".*fromImage=([^&]*)&tag=(.*)", "$1:$2");
        pulls.add(name);
        credentials.add(auth);
        String id = pullable.get(name);
        if (id == null) {
            return new String[] {"200 OK", "{\"status\":\"Pulling\"}\n{\"error\":\"manifest unknown\"}\n"};
        }
        images.put(name.replace(":sha256", "@sha256"), id);
        images.put(name.replaceFirst(":latest$", ""), id);
        return new String[] {"200 OK", "{\"status\":\"Pulling\"}\n{\"status\":\"done\"}\n"};
    }

    private String[] remove(String path) {
        String name = path.replaceFirst("^/v[0-9.]+/images/", "");
        if (inUse.contains(name)) {
            return new String[] {"409 Conflict", "{\"message\":\"in use\"}"};
        }
        removed.add(name);
        images.remove(name);
        return new String[] {"200 OK", "[]"};
    }

    private String[] look(String path) {
        if (path.equals("/version")) {
            return new String[] {"200 OK", "{\"ApiVersion\":\"1.41\",\"Version\":\"0\"}"};
        }
        String name = path.replaceFirst("^/v[0-9.]+/images/(.*)/json$", "$1");
        String id = images.get(name);
        return id == null
                ? new String[] {"404 Not Found", "{\"message\":\"No such image: " + name + "\"}"}
                : new String[] {
                    "200 OK", "{\"Id\":\"" + id + "\",\"Size\":" + IMAGE_BYTES + ",\"Config\":{\"Labels\":null}}"
                };
    }
}
