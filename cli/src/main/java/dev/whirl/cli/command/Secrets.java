package dev.whirl.cli.command;

import dev.whirl.client.Credentials;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is not shown of calls and answers, wherever it stands: the key, the token of a gateway, and the secrets of web
/// actions, which become known when a body names them. For several threads; `this` guards the texts.
final class Secrets {
    private static final String MASK = "(not shown)";
    private static final String WEB_SECRET = "require-whisk-auth";
    private static final String SECRET_OF_API = "secureKey";

    /// Its value as it stands in an address, with signs of its own for some letters.
    private static final Pattern TOKEN = Pattern.compile("([?&]accesstoken=)(?!DUMMY)[^&]*");

    /// Shorter ones are masked only where they are a whole JSON value: others would be masked with them.
    private static final int MIN_LENGTH = 4;

    /// Bodies that go deeper are not searched further.
    private static final int MAX_DEPTH = 30;

    /// Longest first: of one that begins with another, the rest would be left.
    private final Set<String> texts =
            new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /// Short numbers, as JSON writes them.
    private final Set<String> numbers = new TreeSet<>();

    /// @param auth `uuid:key`, of which the second part is a secret; empty for none
    /// @param gatewayToken for the gateway's management; empty for none
    Secrets(String auth, String gatewayToken) {
        if (!auth.isEmpty()) {
            add(auth.substring(auth.indexOf(':') + 1));
            add(new Credentials(auth).header().substring("Basic ".length()));
        }
        add(gatewayToken);
    }

    /// Looks into a body for secrets that have not been known yet. What is not JSON holds none.
    void learn(byte[] body) {
        try {
            learn(RawJson.parse(body), 0);
        } catch (MalformedJsonException _) {
            // nothing that this could find
        }
    }

    private void learn(RawJson value, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        Map<String, RawJson> fields = value.fields();
        RawJson named = fields.getOrDefault("key", RawJson.NULL);
        if (named.asText().orElse("").equals(WEB_SECRET)) {
            addValue(fields.getOrDefault("value", RawJson.NULL));
        }
        fields.forEach((name, each) -> {
            if (name.equals(SECRET_OF_API)) {
                addValue(each);
            }
            learn(each, depth + 1);
        });
        value.elements().forEach(each -> learn(each, depth + 1));
    }

    private void addValue(RawJson secret) {
        switch (secret.kind()) {
            case STRING -> add(secret.asText().orElse(""));
            case NUMBER -> addNumber(secret.toString());
            case OBJECT, ARRAY, BOOLEAN, NULL -> {
                // whether there is a secret is none itself
            }
        }
    }

    private synchronized void add(String text) {
        if (!text.isEmpty()) {
            texts.add(text);
        }
    }

    /// Callers send it as text, too.
    private synchronized void addNumber(String number) {
        add(number);
        if (number.length() < MIN_LENGTH) {
            numbers.add(number);
        }
    }

    /// The same text without secrets.
    synchronized String masked(String text) {
        String shown = TOKEN.matcher(text).replaceAll("$1" + Matcher.quoteReplacement(MASK));
        for (String each : texts) {
            String json = RawJson.string(each).toString();
            shown = shown.replace(json, "\"" + MASK + "\"");
            if (each.length() >= MIN_LENGTH) {
                shown = shown.replace(each, MASK).replace(json.substring(1, json.length() - 1), MASK);
            }
        }
        for (String each : numbers) {
            shown = shown.replaceAll(
                    "(?<![\\w.+-])" + Pattern.quote(each) + "(?![\\w.+-])", Matcher.quoteReplacement(MASK));
        }
        return shown;
    }
}
