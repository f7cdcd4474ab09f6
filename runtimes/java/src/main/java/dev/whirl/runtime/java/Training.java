package dev.whirl.runtime.java;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Base64;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/// Lets the launcher load and run one action, with a server in the same process. Run when the platform is built, by a
/// JVM that keeps what it has loaded and linked (`-XX:AOTCacheOutput`): later ones start sooner.
public final class Training {
    private static final int ANSWER_BYTES = 4_096;
    private static final int RUNS = 20;

    private Training() {}

    /// The action.
    public static final class Sample {
        private Sample() {}

        public static JsonObject main(JsonObject arguments) {
            System.out.println("a line");
            return arguments;
        }
    }

    /// Needs in `WHIRL_SOCKET` the path of a socket that it makes.
    public static void main(String[] arguments) throws IOException {
        var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(Path.of(System.getenv("WHIRL_SOCKET"))));
        Thread.ofPlatform().daemon().start(() -> serve(listener));
        Launcher.main(arguments);
    }

    private static void serve(ServerSocketChannel listener) {
        try (listener;
                SocketChannel launcher = listener.accept()) {
            read(launcher);
            String code = Base64.getEncoder().encodeToString(jar());
            exchange(launcher, Wire.INIT, 1, """
                    {"value":{"name":"a","main":"%s","binary":true,"code":"%s","env":{"A":"b"}}}""".formatted(Sample.class.getName(), code));
            for (int run = 0; run < RUNS; run++) {
                exchange(launcher, Wire.RUN, 2 + run, """
                        {"value":{"a":[1,2.5,true,null,"b"]},"activation_id":"c","deadline":"1"}""");
            }
        } catch (IOException e) {
            throw new IllegalStateException("the training failed", e);
        }
    }

    private static void exchange(SocketChannel launcher, int type, int number, String document) throws IOException {
        byte[] text = document.getBytes(UTF_8);
        var frame = ByteBuffer.allocate(9 + text.length);
        frame.putInt(5 + text.length).put((byte) type).putInt(number).put(text).flip();
        while (frame.hasRemaining()) {
            launcher.write(frame);
        }
        read(launcher);
    }

    /// An answer is small enough to come in one piece.
    private static void read(SocketChannel launcher) throws IOException {
        launcher.read(ByteBuffer.allocate(ANSWER_BYTES));
    }

    private static byte[] jar() throws IOException {
        String file = Sample.class.getName().replace('.', '/') + ".class";
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes);
                InputStream sample = Training.class.getClassLoader().getResourceAsStream(file)) {
            if (sample == null) {
                throw new IOException(file + " is missing");
            }
            jar.putNextEntry(new JarEntry(file));
            sample.transferTo(jar);
        }
        return bytes.toByteArray();
    }
}
