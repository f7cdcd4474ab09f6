package dev.whirl.bus.kafka;

import dev.whirl.bus.BusException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Sends bytes to topics. The waiting is the caller's: a virtual thread parks meanwhile.
final class Publisher {
    private final Producer<byte[], byte[]> producer;
    private final BusMeters meters;

    Publisher(Producer<byte[], byte[]> producer, BusMeters meters) {
        this.producer = producer;
        this.meters = meters;
    }

    /// Waits until the broker has it.
    ///
    /// @throws BusException if it has not, or does not say so in time
    void send(ProducerRecord<byte[], byte[]> message) {
        var stored = new CompletableFuture<@Nullable Void>();
        hand(message, stored);
        try {
            stored.get();
        } catch (ExecutionException e) {
            throw refusal(message.topic(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BusException.uncertain("interrupted while sending to topic " + message.topic(), e);
        }
    }

    /// Does not wait: what is lost is counted and logged.
    ///
    /// @throws BusException if there is no room for it, or no broker was ever reached
    void sendLightly(ProducerRecord<byte[], byte[]> message) {
        var stored = new CompletableFuture<@Nullable Void>();
        var _ = stored.whenComplete((_, failure) -> {
            if (failure != null) {
                meters.lost(message.topic(), failure);
            }
        });
        hand(message, stored);
    }

    private void hand(ProducerRecord<byte[], byte[]> message, CompletableFuture<@Nullable Void> stored) {
        try {
            var _ = producer.send(message, (_, failure) -> {
                if (failure == null) {
                    stored.complete(null);
                } else {
                    stored.completeExceptionally(failure);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            throw new BusException(sentence(message.topic(), e), e);
        }
    }

    private static BusException refusal(String topic, @Nullable Throwable reason) {
        Throwable cause = reason == null ? new IllegalStateException("no reason") : reason;
        String sentence = sentence(topic, cause);
        return isCertain(cause) ? new BusException(sentence, cause) : BusException.uncertain(sentence, cause);
    }

    /// A client that never got as far as sending says so in a message of its own.
    private static boolean isCertain(Throwable cause) {
        return cause instanceof RecordTooLargeException
                || cause instanceof AuthorizationException
                || cause instanceof InvalidTopicException
                || (cause instanceof TimeoutException && Reasons.of(cause).contains("not present in metadata"));
    }

    private static String sentence(String topic, Throwable reason) {
        return "topic %s did not take a message: %s".formatted(topic, Reasons.of(reason));
    }

    /// What is on its way is still sent, for a short while.
    void close(java.time.Duration patience) {
        producer.close(patience);
    }
}
