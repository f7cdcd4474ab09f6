package dev.whirl.feeds.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One answer of another server, of bounded size and within a time for all of it. The time limit of a request of
/// the JDK's client ends with the headers: a body could come for ever.
public final class Fetch {
    private Fetch() {}

    /// @param mostBytes the body ends there, if it is longer
    /// @throws IOException if there is no whole answer in time
    public static HttpResponse<byte[]> send(HttpClient client, HttpRequest request, int mostBytes, Duration patience)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> call = client.sendAsync(request, _ -> new FirstBytes(mostBytes));
        try {
            return call.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer within %d ms".formatted(patience.toMillis()));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            call.cancel(true); // an exchange that is under way ends
        }
    }

    /// Takes a body up to a size, and ends the exchange there. Called by one thread at a time.
    private static final class FirstBytes implements HttpResponse.BodySubscriber<byte[]> {
        private final int most;
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private Flow.@Nullable Subscription subscription;

        FirstBytes(int most) {
            this.most = most;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription started) {
            subscription = started;
            started.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer each : buffers) {
                var part = new byte[Math.min(each.remaining(), most - taken.size())];
                each.get(part);
                taken.write(part, 0, part.length);
            }
            Flow.Subscription running = subscription;
            if (taken.size() >= most && running != null) {
                running.cancel();
                body.complete(taken.toByteArray());
            }
        }

        @Override
        public void onError(Throwable cause) {
            body.completeExceptionally(cause);
        }

        @Override
        public void onComplete() {
            body.complete(taken.toByteArray());
        }
    }
}
