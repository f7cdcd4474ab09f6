package dev.whirl.gateway;

import static dev.whirl.gateway.Documents.api;
import static dev.whirl.gateway.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.gateway.Decision.Call;
import dev.whirl.gateway.Decision.Reply;
import dev.whirl.gateway.manage.Apis;
import dev.whirl.gateway.manage.RefusedException;
import dev.whirl.gateway.policy.Guard;
import dev.whirl.gateway.policy.Outside;
import dev.whirl.gateway.policy.RateLimits;
import dev.whirl.gateway.policy.Subscription;
import dev.whirl.gateway.policy.Tokens;
import dev.whirl.gateway.store.StoredApi;
import dev.whirl.gateway.store.file.FileApiStore;
import dev.whirl.model.json.RawJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {
    private static final String KEYS = """
            'securityDefinitions':{'client_id':{'type':'apiKey','in':'header','name':'X-Api-Key'},
              'client_secret':{'type':'apiKey','in':'header','name':'X-Api-Secret'}},""";

    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final Outside provider = (_, token, _) -> {
        asked.incrementAndGet();
        if ("slow".equals(token)) {
            throw new IOException("no answer");
        }
        return new Outside.Reply("good".equals(token) ? 200 : 401, "");
    };

    private FileApiStore store;
    private Apis apis;
    private Gateway gateway;

    @BeforeEach
    void open() {
        store = FileApiStore.open(folder);
        apis = new Apis(store, Documents.READER, 10);
        apis.refresh();
        gateway = new Gateway(
                apis,
                new Guard(new Tokens(provider, InstantSource.system(), nanos::get)),
                new RateLimits(nanos::get),
                new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    @Tag("G-1")
    @Tag("G-4")
    void aRequestGoesOnToItsActionWithThePathBelowTheBasePath() throws RefusedException {
        apis.save("t", api("/shop", "{'/orders/{id}':{'get':{}}}"), null);

        var call = (Call) decide("GET", "/t/shop/orders/a%20b", "x=1", Map.of("accept", "text/html"));

        assertThat(call.forward().path()).isEqualTo("/api/v1/web/guest/default/hello.http/orders/a%20b");
        assertThat(call.forward().method()).isEqualTo("GET");
        assertThat(call.forward().query()).isEqualTo("x=1");
        assertThat(call.forward().headers()).isEqualTo(Map.of("accept", "text/html"));
        assertThat(call.forward().body()).isNull();
        assertThat(call.cors()).containsEntry("Access-Control-Allow-Origin", "*");
    }

    @Test
    @Tag("G-4")
    void whatIsNotThereIsSaidInTheGatewaysWords() throws RefusedException {
        apis.save("t", api("/shop", "{'/orders':{'get':{}}}"), null);

        assertThat(reply("DELETE", "/t/shop/orders").body())
                .isEqualTo(json("{'status':404,'message':'Error: Whoops. Verb not supported.'}"));
        assertThat(reply("GET", "/t/shop/nothing").status()).isEqualTo(404);
        assertThat(reply("GET", "/nobody/shop/orders").status()).isEqualTo(404);
        assertThat(reply("GET", "/t/shop/%2e%2e/orders").status()).isEqualTo(400);
    }

    @Test
    @Tag("G-4")
    void browsersAreToldWhatTheyMayDo() throws RefusedException {
        apis.save("t", api("/shop", "{'/orders':{'get':{},'post':{}}}"), null);

        var reply = (Reply) decide("OPTIONS", "/t/shop/orders", "", Map.of("access-control-request-headers", "X-Mine"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.fields())
                .containsEntry("Access-Control-Allow-Methods", "GET, OPTIONS, POST")
                .containsEntry("Access-Control-Allow-Headers", "X-Mine");
    }

    @Test
    @Tag("G-4")
    void withoutCorsTheFunctionsOwnHeadersCount() throws RefusedException {
        apis.save("t", json("""
                {'swagger':'2.0','info':{'title':'s'},'basePath':'/s','paths':{'/a':{'get':
                  {'x-openwhisk':{'namespace':'guest','action':'a'}}}}}"""), null);

        assertThat(((Call) decide("GET", "/t/s/a", "", Map.of())).cors()).isEmpty();
        assertThat(reply("OPTIONS", "/t/s/a").status()).isEqualTo(404);
    }

    @Test
    @Tag("G-4")
    void onlyWhoHasKeyAndSecretMayPassAndTheSecretStaysHere() throws RefusedException {
        StoredApi api = apis.save("t", api("/shop", "{'/a':{'get':{}}}", KEYS), null);
        apis.save(Subscription.of("t", api.id(), "ada", "lovelace"));
        StoredApi other = apis.save("t", api("/bank", "{'/a':{'get':{}}}", KEYS), null);
        apis.save(Subscription.of("t", other.id(), "eve", "lovelace"));

        assertThat(status(Map.of())).isEqualTo(401);
        assertThat(status(Map.of("x-api-key", "ada"))).isEqualTo(401);
        assertThat(status(Map.of("x-api-key", "ada", "x-api-secret", "wrong"))).isEqualTo(401);
        assertThat(status(Map.of("x-api-key", "eve", "x-api-secret", "lovelace")))
                .isEqualTo(401);
        var call = (Call) decide("GET", "/t/shop/a", "", Map.of("x-api-key", "ada", "x-api-secret", "lovelace"));
        assertThat(call.forward().headers()).isEqualTo(Map.of("x-api-key", "ada"));
        apis.remove(apis.subscriptions(api).getFirst());
        assertThat(status(Map.of("x-api-key", "ada", "x-api-secret", "lovelace")))
                .isEqualTo(401);
    }

    @Test
    @Tag("G-4")
    void eachClientIdIsLookedForInItsOwnHeaderAndHasItsOwnSecret() throws RefusedException {
        StoredApi api = apis.save("t", api("/shop", "{'/a':{'get':{}}}", """
                'securityDefinitions':{'app':{'type':'apiKey','in':'header','name':'X-App'},
                  'app_secret':{'type':'apiKey','in':'header','name':'X-App-Secret'},
                  'person':{'type':'apiKey','in':'header','name':'X-Person'},
                  'person_secret':{'type':'apiKey','in':'header','name':'X-Person-Secret'}},"""), null);
        apis.save(Subscription.of("t", api.id(), "app", "one"));
        apis.save(Subscription.of("t", api.id(), "ada", "two"));
        var good = Map.of("x-app", "app", "x-app-secret", "one", "x-person", "ada", "x-person-secret", "two");

        assertThat(status(good)).isZero();
        assertThat(status(changed(good, "x-person", "eve"))).isEqualTo(401);
        assertThat(status(changed(good, "x-person-secret", "one"))).isEqualTo(401);
        assertThat(status(changed(good, "x-app-secret", "two"))).isEqualTo(401);
        assertThat(status(changed(good, "x-app", "ada"))).isEqualTo(401);
        var call = (Call) decide("GET", "/t/shop/a", "", good);
        assertThat(call.forward().headers()).isEqualTo(Map.of("x-app", "app", "x-person", "ada"));
    }

    @Test
    @Tag("G-4")
    void theSecretOfAnAlternativeStaysHereToo() throws RefusedException {
        StoredApi api = apis.save("t", api("/shop", "{'/a':{'get':{}},'/open':{'get':{'security':[]}}}", """
                'securityDefinitions':{'client_id':{'type':'apiKey','in':'header','name':'X-Api-Key'},
                  'client_secret':{'type':'apiKey','in':'header','name':'X-Api-Secret'},
                  'old_id':{'type':'apiKey','in':'header','name':'X-Old'},
                  'old_secret':{'type':'apiKey','in':'header','name':'X-Old-Secret'}},
                'security':[{'client_id':[],'client_secret':[]},{'old_id':[],'old_secret':[]}],"""), null);
        apis.save(Subscription.of("t", api.id(), "ada", "hush"));

        for (String path : List.of("/t/shop/a", "/t/shop/open")) {
            var call = (Call)
                    decide("GET", path, "", Map.of("x-old", "ada", "x-old-secret", "hush", "x-api-secret", "hush too"));
            assertThat(call.forward().headers()).isEqualTo(Map.of("x-old", "ada"));
        }
    }

    private static Map<String, String> changed(Map<String, String> headers, String name, String value) {
        var others = new LinkedHashMap<>(headers);
        others.put(name, value);
        return others;
    }

    @Test
    @Tag("G-4")
    void aProviderIsAskedOnceForAToken() throws RefusedException {
        apis.save("t", api("/shop", "{'/a':{'get':{}}}", "'securityDefinitions':{'github':{'type':'oauth2'}},"), null);

        assertThat(status(Map.of("authorization", "Bearer good"))).isZero();
        assertThat(status(Map.of("authorization", "bearer good"))).isZero();
        assertThat(asked).hasValue(1);
        assertThat(status(Map.of("authorization", "Bearer bad"))).isEqualTo(401);
        assertThat(status(Map.of("authorization", "Basic good"))).isEqualTo(401);
        assertThat(status(Map.of("authorization", "Bearer slow"))).isEqualTo(503);
    }

    @Test
    @Tag("G-4")
    void theMockProviderKnowsOneToken() throws RefusedException {
        apis.save(
                "t",
                api("/shop", "{'/a':{'get':{}}}", "'securityDefinitions':{'o':{'type':'oauth2','x-provider':'mock'}},"),
                null);

        assertThat(status(Map.of("authorization", "Bearer test"))).isZero();
        assertThat(status(Map.of("authorization", "Bearer other"))).isEqualTo(401);
    }

    @Test
    @Tag("G-4")
    void tooManyRequestsWait() throws RefusedException {
        apis.save("t", api("/shop", "{'/a':{'get':{}}}", "'x-gateway-rate-limit':[{'unit':'minute','rate':2}],"), null);

        assertThat(status(Map.of())).isZero();
        assertThat(status(Map.of())).isZero();
        Reply refused = reply("GET", "/t/shop/a");
        assertThat(refused.body()).isEqualTo(json("{'status':429,'message':'Error: Rate limit exceeded'}"));
        assertThat(refused.fields()).containsEntry("Retry-After", "30");
    }

    @Test
    @Tag("G-4")
    void operationsWithLimitsCountApartAndThoseWithoutCountTogether() throws RefusedException {
        String once = "'x-gateway-rate-limit':[{'unit':'minute','rate':1}]";
        apis.save(
                "t",
                api(
                        "/shop",
                        "{'/a':{'get':{%s},'put':{%s}},'/c':{'get':{}},'/d':{'get':{}}}".formatted(once, once),
                        once + ","),
                null);

        assertThat(decide("GET", "/t/shop/a", "", Map.of())).isInstanceOf(Call.class);
        assertThat(decide("PUT", "/t/shop/a", "", Map.of())).isInstanceOf(Call.class);
        assertThat(decide("GET", "/t/shop/c", "", Map.of())).isInstanceOf(Call.class);
        assertThat(reply("GET", "/t/shop/a").status()).isEqualTo(429);
        assertThat(reply("PUT", "/t/shop/a").status()).isEqualTo(429);
        assertThat(reply("GET", "/t/shop/d").status()).isEqualTo(429);
    }

    @Test
    @Tag("G-4")
    void mappingsChangeHeadersQueryBodyAndPath() throws RefusedException {
        apis.save("t", mapped("""
                {'set':'message.headers.X-User','value':'u-$(request.query.user)'},{'clear':'message.query.user'},
                {'set':'message.query.page','value':'1'},{'set':'message.body.who','value':'$(request.body.name)'},
                {'clear':'message.body.name'},{'set':'message.path.id','value':'$(request.headers.x-id)'}"""), null);

        var call = (Call) gateway.decide(new GatewayRequest(
                "POST",
                "/t/m/a/1",
                "user=ada&q=a%20b",
                new LinkedHashMap<>(Map.of("x-id", "7 8")),
                () -> "{\"name\":[1],\"b\":2}".getBytes(StandardCharsets.UTF_8)));

        assertThat(call.forward().headers()).containsEntry("x-user", "u-ada");
        assertThat(call.forward().query()).isEqualTo("q=a%20b&page=1");
        assertThat(call.forward().body()).isEqualTo(json("{'b':2,'who':[1]}"));
        assertThat(call.forward().path()).isEqualTo("/api/v1/web/guest/default/hello.http/item/7%208");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%0d%0aX-Admin:%201", "a%00", "%C4%8D%C4%8A"})
    @Tag("attack-39")
    void noRequestPutsHeadersOfItsOwnIn(String value) throws RefusedException {
        apis.save("t", mapped("{'set':'message.headers.X-User','value':'$(request.query.user)'}"), null);

        var reply = (Reply) decide("POST", "/t/m/a/1", "user=" + value, Map.of());

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().toString()).contains("characters that no header may have");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a/b",
                "..%2f..",
                "a%5cb",
                "..;",
                "a%3bb",
                "%252e",
                "%252E%252e",
                "%25252e%25252e",
                "a%252fb",
                "%2500",
                "a%00b",
                "a%0db",
                "a%7fb"
            })
    @Tag("attack-33")
    void noValueLeadsOutOfTheTargetsPath(String value) throws RefusedException {
        apis.save("t", mapped("{'set':'message.path.id','value':'$(request.query.id)'}"), null);

        var reply = (Reply) decide("POST", "/t/m/a/1", "id=" + value, Map.of());

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().toString()).contains("{id}");
    }

    @ParameterizedTest
    @CsvSource({"a b, a%20b", "100%, 100%25", "v1..2, v1..2", "ä, %C3%A4", "{id}, %7Bid%7D", "a+b=c&d, a%2Bb%3Dc%26d"})
    @Tag("G-4")
    void otherValuesAreSegmentsOfTheTargetsPath(String value, String segment) throws RefusedException {
        apis.save("t", mapped("{'set':'message.path.id','value':'$(request.query.id)'}"), null);

        String query = "id=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        var call = (Call) decide("POST", "/t/m/a/1", query, Map.of());

        assertThat(call.forward().path()).isEqualTo("/api/v1/web/guest/default/hello.http/item/" + segment);
    }

    @Test
    @Tag("attack-33")
    void valuesAndTheTextBesideThemTogetherLeadNowhereElseEither() throws RefusedException {
        apis.save("t", json("""
                {'swagger':'2.0','info':{'title':'m'},'basePath':'/m','paths':{'/a/{e}':{'get':{}}},
                 'x-gateway-configuration':{'assembly':{'execute':[
                   {'invoke':{'target-url':'http://api.example.com/one/%2{e}'}}]}}}"""), null);

        assertThat(reply("GET", "/t/m/a/e").status()).isEqualTo(400);
        assertThat(reply("GET", "/t/m/a/F").status()).isEqualTo(400);
        assertThat(((Call) decide("GET", "/t/m/a/0", "", Map.of())).forward().path())
                .isEqualTo("/one/%20");
    }

    @Test
    @Tag("G-4")
    void aSlashAtTheEndOfATargetIsNotDoubled() throws RefusedException {
        apis.save("t", json("""
                {'swagger':'2.0','info':{'title':'m'},'basePath':'/m','paths':{'/a':{'get':{}}},
                 'x-gateway-configuration':{'assembly':{'execute':[
                   {'invoke':{'target-url':'/api/v1/web/guest/default/hello.http/$(request.path)'}}]}}}"""), null);

        assertThat(((Call) decide("GET", "/t/m/a", "", Map.of())).forward().path())
                .isEqualTo("/api/v1/web/guest/default/hello.http/a");
    }

    private static RawJson mapped(String actions) {
        return json("""
                {'swagger':'2.0','info':{'title':'m'},'basePath':'/m','paths':{'/a/{id}':{'post':{}}},
                 'x-gateway-configuration':{'assembly':{'execute':[{'set-variable':{'actions':[%s]}},
                   {'invoke':{'target-url':'/api/v1/web/guest/default/hello.http/item/{id}','verb':'keep'}}]}}}""".formatted(actions));
    }

    /// 0 if the request goes on.
    private int status(Map<String, String> headers) {
        return decide("GET", "/t/shop/a", "", headers) instanceof Reply reply ? reply.status() : 0;
    }

    private Reply reply(String method, String path) {
        return (Reply) decide(method, path, "", Map.of());
    }

    private Decision decide(String method, String path, String query, Map<String, String> headers) {
        return gateway.decide(new GatewayRequest(method, path, query, new LinkedHashMap<>(headers), () -> new byte[0]));
    }
}
