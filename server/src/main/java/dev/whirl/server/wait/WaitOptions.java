package dev.whirl.server.wait;

import dev.whirl.bus.kafka.KafkaBusConfig;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.Durations;
import dev.whirl.store.couchdb.CouchStoreConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The words of `whirl wait`.
@Command(
        name = "whirl wait",
        description = "Waits until everything that is named is there, one after the other, and says what is missing.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "WHAT is one of",
            "  database          store.couchdb.*: it answers, and has what whirl admin init-db makes",
            "  broker            bus.kafka.*: it answers, and is set up so that it can be used",
            "  http://HOST/PATH  it answers with success",
            "  HOST:PORT         it takes connections",
            "",
            "Examples:",
            "  whirl wait broker database --config /etc/whirl/controller.conf",
            "  whirl wait http://controller:8080/ready redis:6379 --for 5m",
            "",
            "Exit codes: 0 all is there, 1 it is not, 2 wrong usage."
        })
final class WaitOptions {
    private static final Pattern PORT = Pattern.compile("([A-Za-z0-9.-]+):([0-9]{1,5})");
    private static final int LAST_PORT = 65_535;

    @Parameters(arity = "1..*", paramLabel = "WHAT", description = "What to wait for; see below.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--config", paramLabel = "FILE", description = "File of 'key = value' lines.")
    @Nullable
    private Path config;

    @Option(names = "--for", paramLabel = "DURATION", description = "How long at most. Default: 10m.")
    private String patience = "10m";

    /// @throws IllegalArgumentException with a sentence
    Duration patience() {
        return Durations.parse(patience);
    }

    /// What is waited for, in its order.
    ///
    /// @param configuration reads a file and the environment
    /// @throws IllegalArgumentException with a sentence, if a word is none of those that count
    List<Awaited> awaited(Function<@Nullable Path, ConfigReader> configuration) {
        return words.stream().map(each -> awaited(each, configuration)).toList();
    }

    private Awaited awaited(String word, Function<@Nullable Path, ConfigReader> configuration) {
        if (word.equals("database")) {
            return new Awaited.Database(CouchStoreConfig.read(configuration.apply(config)));
        }
        if (word.equals("broker")) {
            return new Awaited.Broker(KafkaBusConfig.read(configuration.apply(config)));
        }
        if (word.startsWith("http://") || word.startsWith("https://")) {
            return address(word);
        }
        Matcher port = PORT.matcher(word);
        if (port.matches() && Integer.parseInt(port.group(2)) <= LAST_PORT) {
            return new Awaited.Port(port.group(1), Integer.parseInt(port.group(2)));
        }
        throw new IllegalArgumentException(
                "'%s' is none of database, broker, http://HOST/PATH, HOST:PORT".formatted(word));
    }

    private static Awaited address(String word) {
        URI uri = URI.create(word);
        if (uri.getHost() == null || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("an address must name a host, and no password: http://HOST:PORT/PATH");
        }
        return new Awaited.Address(uri);
    }
}
