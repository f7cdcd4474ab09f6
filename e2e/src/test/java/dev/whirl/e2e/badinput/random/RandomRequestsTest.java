package dev.whirl.e2e.badinput.random;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import dev.whirl.e2e.badinput.random.RequestGenerator.Target;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.WhirlServer;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random requests to every route of a server of their own.
///
/// `-Dwhirl.random.requests` sets how many, `-Dwhirl.random.seed` repeats those of an earlier run.
class RandomRequestsTest {
    private static final int REQUESTS = Integer.getInteger("whirl.random.requests", 3_000);
    private static final long SEED = Long.getLong("whirl.random.seed", System.nanoTime());

    /// Heap, direct memory and the process itself as the launcher allows them.
    private static final long MEMORY_BOUND_KIBIBYTES = 1_300 * 1024;

    private static WhirlServer server;
    private static Api guest;

    @BeforeAll
    static void start() {
        server = WhirlServer.start(ServerOptions.DEFAULT.with("limits.blocking-wait", "5s"));
        guest = Api.guest(server);
        Playground.build(guest);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Tag("R-6")
    @Tag("attack-26")
    @Tag("attack-33")
    void noRandomRequestBreaksTheServerOrItsManners() throws IOException {
        String description = "whirl.random.seed=" + SEED;
        System.out.println(description + " whirl.random.requests=" + REQUESTS);
        var requests = new RequestGenerator(new Random(SEED), RequestGenerator.describedBy(guest));

        try (var conduct = new Conduct(server, guest, description)) {
            for (int i = 0; i < REQUESTS; i++) {
                conduct.check(requests.next());
            }
            System.out.println("answers by status: " + conduct.answers());
            assertThat(conduct.answers()).containsKeys(200, 400, 404);
            assertThat(server.peakKibibytes()).isLessThan(MEMORY_BOUND_KIBIBYTES);
        }
    }

    @Test
    @Tag("R-6")
    @Tag("attack-26")
    void everyPlaceOfEveryDocumentTakesEveryWrongType() throws IOException {
        List<Target> targets = RequestGenerator.describedBy(guest).stream()
                .filter(RequestGenerator::readsDocuments)
                .toList();

        try (var conduct = new Conduct(server, guest, "in order")) {
            for (Target target : targets) {
                for (JsonElement document : RequestGenerator.documents(target)) {
                    checkAllPlaces(target, document, conduct);
                }
            }
        }
    }

    private static void checkAllPlaces(Target target, JsonElement document, Conduct conduct) throws IOException {
        boolean isCall = target.method().equals("POST") && target.pattern().contains("/actions/");
        String path = target.pattern()
                        .replace("{namespace}", "_")
                        .replace("{packageName}", "fz-pkg")
                        .replaceAll("[{]\\w+[}]", isCall ? Playground.ECHO : "fz-place")
                + (isCall ? "" : "?overwrite=true");
        for (int place = 0; place < RandomJson.places(document); place++) {
            for (String wrong : RandomJson.WRONG) {
                String body = RandomJson.replaced(document, place, wrong);
                conduct.check(new RandomRequest(target.method(), path, "application/json", body, false));
            }
        }
    }
}
