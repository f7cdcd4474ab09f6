package dev.whirl.client.http;

import dev.whirl.client.ApiAddress;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// One open connection to the server. For one call at a time.
final class Wire implements Closeable {
    /// How long to wait for the leave to send a body, which old servers and proxies never give.
    private static final int PATIENCE_MILLIS = 1_000;

    private static final int PART_BYTES = 64 * 1024;

    /// So much fits into the buffers of any system, so that writing it does not wait for anybody to read it.
    private static final int BUFFERED_BYTES = 4 * 1024;

    private final Socket socket;
    private final Socket plain;
    private final Duration readTimeout;
    private final SteadyInput steady;
    private final InputStream in;
    private final ReplyReader reader;
    private final OutputStream out;
    private long idleSinceNanos;

    /// @param plain below the socket, if that is one of TLS
    /// @param nanoTime by which the pace of answers is measured, as of [System#nanoTime]
    Wire(Socket socket, Socket plain, Duration readTimeout, LongSupplier nanoTime) throws IOException {
        this.socket = socket;
        this.plain = plain;
        this.readTimeout = readTimeout;
        this.steady = new SteadyInput(socket.getInputStream(), readTimeout, nanoTime);
        this.in = new BufferedInputStream(steady, 16 * 1024);
        this.reader = new ReplyReader(in);
        this.out = socket.getOutputStream();
        socket.setSoTimeout(readTimeoutMillis());
    }

    /// Connects, and shakes hands if there is a TLS factory.
    static Wire open(Dialer dialer, @Nullable SSLSocketFactory tls, Duration read) throws IOException {
        Socket socket = dialer.dial();
        try {
            Socket used = tls == null ? socket : secured(socket, tls, dialer.address());
            return new Wire(used, socket, read, System::nanoTime);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket secured(Socket plain, SSLSocketFactory tls, ApiAddress address) throws IOException {
        var secure = (SSLSocket) tls.createSocket(plain, address.host(), address.port(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        try {
            secure.startHandshake();
            return secure;
        } catch (SocketTimeoutException e) {
            throw new SSLHandshakeException("the server does not answer in TLS", e);
        }
    }

    /// Sends a request and reads the answer. A server that refuses a request before it has read it all is heard,
    /// too.
    ///
    /// @param head of the request, whose body and method are those of the call
    /// @param isAnnounced the head asks whether the body may be sent (`Expect: 100-continue`)
    /// @param listener is told how much of an announced body was written so far, and of the answer's head
    HttpReply exchange(byte[] head, HttpCall call, boolean isAnnounced, CallListener listener) throws IOException {
        out.write(head); // it fits into the buffers of the system, so that nobody has to read it first
        if (isAnnounced && hasAnswerWithin(PATIENCE_MILLIS)) {
            Optional<HttpReply> refusal = reader.readUnlessInterim(isHead(call), heads(call, listener));
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        byte[] body = call.body();
        try {
            if (body != null) {
                write(body, isAnnounced ? sentBytes -> listener.uploading(call, sentBytes) : _ -> {});
            }
            out.flush();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return lastWords(e, call, listener);
        }
        HttpReply reply = answer(call, listener);
        steady.begin();
        idleSinceNanos = System.nanoTime();
        return reply;
    }

    private static boolean isHead(HttpCall call) {
        return call.method().equals("HEAD");
    }

    /// What follows an interim answer may follow much later.
    private IntConsumer heads(HttpCall call, CallListener listener) {
        return status -> {
            if (ReplyReader.isInterim(status)) {
                steady.begin();
            } else {
                listener.answering(call);
            }
        };
    }

    private void write(byte[] body, LongConsumer progress) throws IOException {
        if (body.length <= BUFFERED_BYTES) {
            out.write(body);
            return;
        }
        try (var watch = StallWatch.start(plain, readTimeout)) {
            try {
                for (int at = 0; at < body.length; at += PART_BYTES) {
                    int end = Math.min(body.length, at + PART_BYTES);
                    out.write(body, at, end - at);
                    watch.hasMoved();
                    progress.accept(end);
                }
            } catch (IOException e) {
                throw watch.explained(e);
            }
        }
    }

    /// The leave to send the body, if there was one, may be long ago.
    private HttpReply answer(HttpCall call, CallListener listener) throws IOException {
        steady.begin();
        return reader.read(isHead(call), heads(call, listener));
    }

    private HttpReply lastWords(IOException broken, HttpCall call, CallListener listener) throws IOException {
        try {
            return answer(call, listener);
        } catch (IOException e) {
            broken.addSuppressed(e);
            throw broken;
        }
    }

    private boolean hasAnswerWithin(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            in.mark(1);
            boolean hasEnded = in.read() < 0;
            in.reset();
            return !hasEnded;
        } catch (SocketTimeoutException _) {
            return false;
        } finally {
            socket.setSoTimeout(readTimeoutMillis());
        }
    }

    private int readTimeoutMillis() {
        return (int) readTimeout.toMillis();
    }

    boolean hasIdledFor(Duration time) {
        return System.nanoTime() - idleSinceNanos > time.toNanos();
    }

    /// Whether the server has closed its end, or said something unasked, while nothing was going on. Takes a
    /// millisecond.
    boolean isStale() {
        try {
            socket.setSoTimeout(1);
            in.read();
            return true;
        } catch (SocketTimeoutException _) {
            return cannotRestoreTimeout();
        } catch (IOException _) {
            return true;
        }
    }

    private boolean cannotRestoreTimeout() {
        try {
            socket.setSoTimeout(readTimeoutMillis());
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // nothing is left to be saved
        }
    }
}
