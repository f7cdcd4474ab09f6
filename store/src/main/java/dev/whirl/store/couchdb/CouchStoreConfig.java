package dev.whirl.store.couchdb;

import static dev.whirl.common.Preconditions.require;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.tls.TrustedCertificates;
import dev.whirl.common.units.ByteSize;
import dev.whirl.store.Activations.Retention;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where the database is, how it is called, and how much of it.
///
/// @param prefix what the names of the three databases begin with
/// @param stagedCode most bytes of code that waits for its action to be written
public record CouchStoreConfig(Access access, String prefix, Pace pace, Records records, ByteSize stagedCode) {
    private static final Pattern PREFIX = Pattern.compile("([a-z][a-z0-9_$()+-]*)?");

    /// How to get in. Prints without the password.
    ///
    /// @param url of the server, without user and password
    /// @param user empty for a server that asks for none
    /// @param trust certificates (PEM) of those who vouch for the server; null for those that Java trusts
    public record Access(
            URI url, String user, String password, @Nullable Path trust) {
        @Override
        public String toString() {
            return "%s as %s".formatted(url, user.isEmpty() ? "nobody" : user);
        }
    }

    /// How requests are made.
    ///
    /// @param connections most requests at a time; others wait
    /// @param retries how often a request is repeated that may be
    public record Pace(Duration connectTimeout, Duration timeout, int connections, int retries) {}

    /// How activation records are written and kept.
    ///
    /// @param batch most records in one request
    /// @param delay how long a record waits for others at most
    /// @param pruneInterval how often records are removed that are not to be kept; zero for never
    public record Records(int batch, Duration delay, ByteSize maxPending, Retention retention, Duration pruneInterval) {
        public Records {
            require(maxPending.bytes() > 0, "records.max-pending must be more than zero");
        }
    }

    private static final Pace PACE = new Pace(Duration.ofSeconds(2), Duration.ofSeconds(10), 32, 3);
    private static final Records RECORDS = new Records(
            500,
            Duration.ofMillis(100),
            ByteSize.mebibytes(32),
            new Retention(Duration.ofDays(7), 100_000),
            Duration.ofMinutes(10));

    public CouchStoreConfig {
        require(PREFIX.matcher(prefix).matches(), "'%s' can't begin the name of a database", prefix);
    }

    /// The defaults for one server.
    public static CouchStoreConfig at(URI url, String user, String password, String prefix) {
        var access = new Access(url, user, password, null);
        return new CouchStoreConfig(access, prefix, PACE, RECORDS, ByteSize.mebibytes(128));
    }

    public static CouchStoreConfig read(ConfigReader reader) {
        Access access = access(reader);
        String prefix = reader.text(
                "store.couchdb.prefix", "whisk_", "What the names of subjects, whisks and activations begin with.");
        if (!PREFIX.matcher(prefix).matches()) {
            reader.problem("store.couchdb.prefix '%s' can't begin the name of a database: a small letter first, then"
                            .formatted(prefix)
                    + " small letters, digits and _$()+-");
            prefix = "whisk_";
        }
        Pace pace = pace(reader);
        ByteSize staged = reader.size(
                "store.couchdb.staged-code",
                ByteSize.mebibytes(128),
                "Most memory for code between its upload and the writing of its action.");
        return new CouchStoreConfig(access, prefix, pace, records(reader), staged);
    }

    public CouchStoreConfig withPace(Pace changed) {
        return new CouchStoreConfig(access, prefix, changed, records, stagedCode);
    }

    public CouchStoreConfig withRecords(Records changed) {
        return new CouchStoreConfig(access, prefix, pace, changed, stagedCode);
    }

    /// For a process that leaves it to others to remove old records.
    public CouchStoreConfig withoutPruning() {
        return withRecords(new Records(
                records.batch(), records.delay(), records.maxPending(), records.retention(), Duration.ZERO));
    }

    public CouchStoreConfig withAccess(Access changed) {
        return new CouchStoreConfig(changed, prefix, pace, records, stagedCode);
    }

    private static Access access(ConfigReader reader) {
        String url = reader.text("store.couchdb.url", "http://127.0.0.1:5984", "Address of CouchDB: http or https.");
        String user = reader.text("store.couchdb.user", "", "The user that the databases belong to.");
        String password = reader.text("store.couchdb.password", "", "Its password: better in the environment.");
        Path trust = TrustedCertificates.read(reader, "store.couchdb.trust");
        if (user.isEmpty() != password.isEmpty()) {
            reader.problem("store.couchdb.user and store.couchdb.password belong together: one of them is empty");
        }
        return new Access(server(reader, url), user, password, trust);
    }

    private static URI server(ConfigReader reader, String text) {
        Optional<String> complaint = complaintAbout(text);
        if (complaint.isPresent()) {
            reader.problem("store.couchdb.url " + complaint.get());
            return URI.create("http://127.0.0.1:5984");
        }
        return URI.create(text.strip());
    }

    /// Says what is wrong without repeating it: there may be a password inside.
    private static Optional<String> complaintAbout(String text) {
        try {
            var url = new URI(text.strip());
            if (url.getRawUserInfo() != null) {
                return Optional.of("holds a password: set store.couchdb.user and store.couchdb.password instead");
            }
            boolean isWeb = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return isWeb && url.getHost() != null && url.getRawQuery() == null && url.getRawFragment() == null
                    ? Optional.empty()
                    : Optional.of("is not of the form http://host:port or https://host:port");
        } catch (URISyntaxException _) {
            return Optional.of("is no address");
        }
    }

    private static Pace pace(ConfigReader reader) {
        Duration connect = positive(
                reader,
                "store.couchdb.connect-timeout",
                PACE.connectTimeout(),
                "How long opening a connection to CouchDB may take.");
        Duration timeout = positive(
                reader, "store.couchdb.timeout", PACE.timeout(), "How long one request to CouchDB may take in all.");
        long connections = reader.number(
                "store.couchdb.connections", PACE.connections(), 1, 1000, "Most requests to CouchDB at a time.");
        long retries = reader.number(
                "store.couchdb.retries", PACE.retries(), 0, 20, "How often a failed request is made again at most.");
        return new Pace(connect, timeout, (int) connections, (int) retries);
    }

    private static Records records(ConfigReader reader) {
        long batch = reader.number(
                "store.couchdb.batch", RECORDS.batch(), 1, 5000, "Most activation records in one request.");
        Duration delay = positive(
                reader,
                "store.couchdb.batch-delay",
                RECORDS.delay(),
                "How long an activation record waits for others to be written with.");
        ByteSize pending = reader.size(
                "records.max-pending", RECORDS.maxPending(), "Most memory for activation records yet to be written.");
        Duration age = reader.duration(
                "records.retention-age",
                RECORDS.retention().age(),
                "Activation records that started longer ago are removed.");
        long count = reader.number(
                "records.retention-count",
                RECORDS.retention().count(),
                1,
                Long.MAX_VALUE,
                "Most activation records that are kept of one namespace.");
        Duration interval = reader.duration(
                "records.prune-interval", RECORDS.pruneInterval(), "How often old records are removed; 0s for never.");
        if (pending.bytes() == 0) {
            reader.problem("records.max-pending must be more than zero");
            pending = RECORDS.maxPending();
        }
        return new Records((int) batch, delay, pending, new Retention(age, count), interval);
    }

    private static Duration positive(ConfigReader reader, String key, Duration fallback, String meaning) {
        Duration value = reader.duration(key, fallback, meaning);
        if (!value.isPositive()) {
            reader.problem(key + " must be more than zero");
            return fallback;
        }
        return value;
    }
}
