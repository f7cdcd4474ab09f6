package dev.whirl.feeds.feed;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Where the events of a trigger come from.
public sealed interface Feed {
    /// Fires at times that are known beforehand.
    sealed interface Timed extends Feed {}

    /// Fires at the times of a line (row F-4).
    ///
    /// @param isStrict whether it fires exactly then; else a little later, to spread the load
    record Alarm(Cron cron, ZoneId zone, Window window, boolean isStrict) implements Timed {}

    /// Fires every so many minutes (row F-5).
    ///
    /// @param start of the first firing
    /// @param stop nothing fires after it; null for no end
    record Interval(int minutes, Instant start, @Nullable Instant stop) implements Timed {}

    /// Fires once (row F-6).
    record Once(Instant date, AfterFiring afterFiring) implements Timed {}

    /// Fires when somebody posts to the trigger's address and signs it.
    record Webhook(Sender sender, Signing signing) implements Feed {}

    /// Fires with what comes from another server, which has to be asked.
    sealed interface Stream extends Feed {}

    /// Fires with the messages of a topic (row F-10).
    ///
    /// @param brokers `host:port` each
    /// @param access null for brokers that let anybody in, without TLS
    record Kafka(
            List<String> brokers,
            String topic,
            @Nullable KafkaAccess access,
            boolean isJson,
            boolean isBinaryKey,
            boolean isBinaryValue)
            implements Stream {
        public Kafka {
            brokers = List.copyOf(brokers);
        }
    }

    /// Fires with the changes of a database (row F-13).
    ///
    /// @param server `http://host:port`
    /// @param login null for none
    /// @param filter `design/name`, empty for none
    /// @param query further parameters of the filter
    record Changes(
            URI server, String database, @Nullable Login login, String filter, SequencedMap<String, String> query)
            implements Stream {}

    /// Fires with files that appear in a folder of this machine.
    record Folder(Path path) implements Stream {}

    /// Fires with objects that appear in an S3-compatible bucket.
    ///
    /// @param endpoint `https://host`
    /// @param prefix what the names begin with; empty for all
    /// @param login access key and secret key
    /// @param every how often the bucket is looked at
    record Bucket(URI endpoint, String region, String bucket, String prefix, Login login, Duration every)
            implements Stream {}

    /// User and password. Prints without the password.
    record Login(String user, String password) {
        @Override
        public String toString() {
            return user + ":…";
        }
    }

    /// When an alarm may fire; null for no bound. Both ends are inside.
    record Window(@Nullable Instant start, @Nullable Instant stop) {}

    /// What becomes of the trigger of an alarm that fired its only time.
    enum AfterFiring {
        KEEP,
        DELETE_TRIGGER,
        /// With the rules that tie it to actions.
        DELETE_TRIGGER_AND_RULES
    }
}
