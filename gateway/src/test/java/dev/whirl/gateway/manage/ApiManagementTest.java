package dev.whirl.gateway.manage;

import static dev.whirl.gateway.Documents.api;
import static dev.whirl.gateway.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.whirl.gateway.Documents;
import dev.whirl.gateway.document.ApiReader;
import dev.whirl.gateway.document.Json;
import dev.whirl.gateway.document.TargetRules;
import dev.whirl.gateway.policy.Subscription;
import dev.whirl.gateway.route.Match;
import dev.whirl.gateway.route.SafePath;
import dev.whirl.gateway.store.StoredApi;
import dev.whirl.gateway.store.file.FileApiStore;
import dev.whirl.model.json.RawJson;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiManagementTest {
    private static final Caller ADA = new Caller("uuid", "ada");
    private static final String ACTION = """
            {'namespace':'_','gatewayBasePath':'%s','gatewayPath':'%s','gatewayMethod':'%s',
             'action':{'name':'/ada/shop/read','namespace':'ada','backendMethod':'GET','authkey':'uuid:key',
               'backendUrl':'https://h/api/v1/web/ada/shop/read.http'}}""";

    @TempDir
    private Path folder;

    private FileApiStore store;
    private Apis apis;
    private ApiManagement management;

    @BeforeEach
    void open() {
        store = FileApiStore.open(folder);
        apis = new Apis(store, Documents.READER, 3);
        apis.refresh();
        management = new ApiManagement(apis, "https://gw");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    @Tag("G-8")
    @Tag("G-9")
    @Tag("G-11")
    void operationsOfOneBasePathBecomeOneApi() {
        create(ACTION.formatted("/shop", "/orders", "GET"));
        RawJson created = ok(create(ACTION.formatted("/shop", "/orders/{id}", "put")));
        ok(create(ACTION.formatted("/shop", "/orders", "GET")));

        Map<String, RawJson> fields = created.fields();
        assertThat(Json.text(fields, "gwApiUrl", "")).isEqualTo("https://gw/api/uuid/shop");
        assertThat(Json.text(fields, "tenantId", "")).isEqualTo("uuid");
        assertThat(fields.get("gwApiActivated")).isEqualTo(RawJson.TRUE);
        List<RawJson> all = list(Map.of());
        assertThat(all).hasSize(1);
        Map<String, RawJson> document = document(all.getFirst());
        assertThat(Json.text(Json.object(document, "info"), "title", "")).isEqualTo("/shop");
        RawJson operation = Json.object(document, "paths")
                .getOrDefault("/orders", RawJson.NULL)
                .field("get")
                .orElseThrow();
        assertThat(operation.field("operationId")).contains(RawJson.string("getAPI/orders"));
        assertThat(operation.field("x-openwhisk").orElseThrow())
                .isEqualTo(
                        json(
                                "{'namespace':'ada','package':'shop','action':'read','url':'https://h/api/v1/web/ada/shop/read.http'}"));
        RawJson configuration = document.getOrDefault("x-gateway-configuration", RawJson.NULL);
        assertThat(configuration.toString().split("target-url")).hasSize(3);
        assertThat(configuration.toString()).contains("read.http$(request.path)");
    }

    @Test
    @Tag("G-8")
    void theSecretOfAnActionIsSetByTheGateway() {
        ok(create(ACTION.formatted("/shop", "/orders", "GET").replace("'authkey'", "'secureKey':7,'authkey'")));

        assertThat(document(list(Map.of()).getFirst())
                        .getOrDefault("x-gateway-configuration", RawJson.NULL)
                        .toString())
                .contains("{\"set\":\"message.headers.X-Require-Whisk-Auth\",\"value\":\"7\"}");
    }

    @Test
    @Tag("G-8")
    void aWholeDocumentTakesThePlaceOfWhatWasThere() {
        ok(create(ACTION.formatted("/shop", "/orders", "GET")));
        String text = api("/shop", "{'/other':{'get':{}}}").toString();

        ok(importing(RawJson.string(text)));

        assertThat(Json.object(document(list(Map.of()).getFirst()), "paths")).containsOnlyKeys("/other");
    }

    @Test
    @Tag("G-8")
    void aDocumentOfOpenApiThreeReplacesTheApiOfItsOwnBasePathOnly() {
        ok(create(ACTION.formatted("/", "/orders", "GET")));
        for (String path : List.of("/cats", "/dogs")) {
            RawJson created = ok(importing(json("""
                    {'openapi':'3.0.3','info':{'title':'Pets'},'servers':[{'url':'https://h.example/pets'}],'paths':{'%s':{
                      'get':{'x-openwhisk':{'namespace':'ada','package':'default','action':'read'}}}}}""".formatted(path))));
            assertThat(Json.text(created.fields(), "gwApiUrl", "")).isEqualTo("https://gw/api/uuid/pets");
        }

        assertThat(list(Map.of())).hasSize(2);
        assertThat(Json.object(document(list(Map.of("basepath", "/")).getFirst()), "paths"))
                .containsOnlyKeys("/orders");
        assertThat(Json.object(document(list(Map.of("basepath", "/pets")).getFirst()), "paths"))
                .containsOnlyKeys("/dogs");
        assertThat(error(importing(json("{'openapi':'4.0','info':{},'paths':{}}"))))
                .isEqualTo("API creation failure: the document is neither Swagger 2.0 nor OpenAPI 3");
    }

    @Test
    @Tag("G-4")
    @Tag("G-11")
    void operationsAreAddedToAndTakenOutOfADocumentWithTheOlderNameOfItsConfiguration() {
        ok(importing(json("""
                {'swagger':'2.0','info':{'title':'Old'},'basePath':'/old','paths':{'/a':{'get':{'operationId':'a'}}},
                 'x-ibm-configuration':{'cors':{'enabled':true},'assembly':{'execute':[{'operation-switch':{'case':[
                   {'operations':['a'],'execute':[
                     {'invoke':{'target-url':'/api/v1/web/ada/default/first.http','verb':'keep'}}]}]}}]}}}""")));

        RawJson added = ok(create(ACTION.formatted("/old", "/b", "GET")));

        Map<String, RawJson> document = document(added);
        assertThat(document).doesNotContainKey("x-gateway-configuration");
        assertThat(Documents.plan(RawJson.object(new LinkedHashMap<>(document))).operations())
                .extracting(each -> each.execution().target().path())
                .containsExactly("/api/v1/web/ada/default/first.http", "/api/v1/web/ada/shop/read.http");
        ok(delete("/old", "/b", "GET"));
        assertThat(document(list(Map.of()).getFirst())
                        .getOrDefault("x-ibm-configuration", RawJson.NULL)
                        .toString())
                .contains("first.http")
                .doesNotContain("read.http");
    }

    @Test
    @Tag("G-11")
    void theLastOperationTakesTheApiWithIt() {
        ok(create(ACTION.formatted("/shop", "/orders", "GET")));
        ok(create(ACTION.formatted("/shop", "/orders", "POST")));
        ok(create(ACTION.formatted("/shop", "/about", "GET")));

        ok(delete("/shop", "/orders", "GET"));
        assertThat(Json.object(document(list(Map.of()).getFirst()), "paths")
                        .getOrDefault("/orders", RawJson.NULL)
                        .toString())
                .contains("postAPI/orders")
                .doesNotContain("getAPI/orders");
        ok(delete("/shop", "/orders", ""));
        assertThat(Json.object(document(list(Map.of()).getFirst()), "paths")).containsOnlyKeys("/about");
        ok(delete("/shop", "/about", "get"));
        assertThat(list(Map.of())).isEmpty();
        assertThat(error(delete("/shop", "", ""))).isEqualTo("API deletion failure: API '/shop' does not exist.");
    }

    @Test
    @Tag("G-7")
    @Tag("G-9")
    void apisAreFoundByBasePathAndByName() {
        ok(create(ACTION.formatted("/shop", "/a", "GET").replaceFirst("\\{", "{'apiName':'The shop',")));
        ok(create(ACTION.formatted("/bank", "/a", "GET")));

        assertThat(list(Map.of("basepath", "/shop"))).hasSize(1);
        assertThat(list(Map.of("basepath", "The shop"))).hasSize(1);
        assertThat(list(Map.of("basepath", "/none"))).isEmpty();
        assertThat(list(Map.of("limit", "1"))).hasSize(1);
        assertThat(list(Map.of("skip", "1", "limit", "30"))).hasSize(1);
        ok(create(ACTION.formatted("The shop", "/b", "GET")));
        assertThat(Json.object(document(list(Map.of("basepath", "/shop")).getFirst()), "paths"))
                .containsOnlyKeys("/a", "/b");
    }

    @Test
    @Tag("G-9")
    void memoryForAListIsReservedBeforeTheListIsMade() {
        ok(create(ACTION.formatted("/shop", "/a", "GET")));
        var reserved = new AtomicLong();
        RawJson list = ok(management.getApi(new ApiCall(ADA, Map.of(), reserved::set)));
        assertThat(reserved.get()).isGreaterThan(list.sizeBytes());

        assertThatIllegalStateException()
                .isThrownBy(() -> management.getApi(new ApiCall(ADA, Map.of(), _ -> {
                    throw new IllegalStateException("no memory");
                })))
                .withMessage("no memory");
    }

    @ParameterizedTest
    @Tag("G-10")
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | apidoc is required.",
                "{'apidoc':'{'} | apidoc field cannot be parsed. Ensure it is valid JSON.",
                "{'apidoc':{'a':1}} | apidoc is missing the namespace field",
                "{'apidoc':{'namespace':'_'}} | apidoc is missing the gatewayBasePath field",
                "{'apidoc':{'namespace':'_','gatewayBasePath':'/a'}} | apidoc is missing the gatewayPath field",
                "{'apidoc':{'namespace':'_','gatewayBasePath':'/a','gatewayPath':'/b'}} | apidoc is missing the gatewayMethod field",
                "{'apidoc':{'namespace':'_','gatewayBasePath':'/a','gatewayPath':'/b','gatewayMethod':'get'}} | apidoc is missing the action field.",
                "{'apidoc':{'namespace':'_','gatewayBasePath':'/a','gatewayPath':'/b','gatewayMethod':'get','action':{'a':1}}} | action is missing the backendMethod field.",
                "{'apidoc':{'namespace':'_','gatewayBasePath':'/a','gatewayPath':'/b','gatewayMethod':'get','action':{'backendMethod':'get'}}} | action is missing the backendUrl field.",
                "{'apidoc':{'namespace':'_','gatewayBasePath':'/a','gatewayPath':'/b','gatewayMethod':'get','action':{'backendMethod':'get','backendUrl':'u'}}} | action is missing the namespace field.",
                "{'apidoc':{'namespace':'_','gatewayBasePath':'/a','gatewayPath':'/b','gatewayMethod':'get','action':{'backendMethod':'get','backendUrl':'u','namespace':'n'}}} | action is missing the name field.",
                "{'apidoc':{'namespace':'_','gatewayBasePath':'/a','gatewayPath':'/b','gatewayMethod':'get','action':{'backendMethod':'get','backendUrl':'u','namespace':'n','name':'a'}}} | action is missing the authkey field.",
                "{'apidoc':{'namespace':'_','swagger':{'a':1},'gatewayBasePath':'/a'}} | swagger and gatewayBasePath are mutually exclusive and cannot be specified together.",
                "{'apidoc':{'namespace':'_','swagger':{'a':1}}} | swagger is missing the basePath field.",
                "{'apidoc':{'namespace':'_','swagger':{'basePath':'/a'}}} | swagger is missing the paths field.",
                "{'apidoc':{'namespace':'_','swagger':{'basePath':'/a','paths':{}}}} | swagger is missing the info field.",
                "{'apidoc':{'namespace':'_','swagger':'{'}} | swagger field cannot be parsed. Ensure it is valid JSON."
            })
    void whatIsMissingIsSaidInOpenWhisksWords(String parameters, String sentence) {
        ManagementReply reply = management.createApi(call(json(parameters).fields()));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(error(reply)).isEqualTo(sentence);
        assertThat(apis.count()).isZero();
    }

    @Test
    @Tag("G-10")
    void theOtherActionsRefuseToo() {
        assertThat(error(delete("", "", ""))).isEqualTo("basepath is required.");
        assertThat(error(delete("/a", "", "GET"))).isEqualTo("When specifying an operation, the path is required.");
        assertThat(error(management.getApi(call(texts(Map.of("outputFormat", "xml"))))))
                .isEqualTo("Invalid outputFormat value. Valid values are: apigw, swagger");
        ok(create(ACTION.formatted("/shop", "/a", "GET")));
        assertThat(error(delete("/shop", "/b", "")))
                .isEqualTo("API deletion failure: path '/b' does not exist in the API");
        assertThat(error(delete("/shop", "/a", "PUT")))
                .isEqualTo("API deletion failure: path '/a' has no operation 'PUT' in the API");
        assertThat(error(create(ACTION.formatted("/x", "/{id}", "GET").replace("read.http", "read.json"))))
                .isEqualTo("A response type of 'http' is required when using path parameters.");
    }

    @Test
    @Tag("G-10")
    void strangersAndThoseWhoNameAnotherTenantAreRefused() {
        ok(create(ACTION.formatted("/shop", "/a", "GET")));
        var eve = new ApiCall(
                new Caller("other", "eve"),
                texts(Map.of("spaceguid", "uuid", "basepath", "/shop")),
                ApiManagementTest::takeMemory);
        var nobody = new ApiCall(
                null, texts(Map.of("spaceguid", "uuid", "basepath", "/shop")), ApiManagementTest::takeMemory);

        for (ApiCall each : List.of(eve, nobody)) {
            assertThat(error(management.createApi(each))).isEqualTo("A valid auth key is required.");
            assertThat(error(management.getApi(each))).isEqualTo("Invalid authentication.");
            assertThat(error(management.deleteApi(each))).isEqualTo("Invalid authentication.");
        }
        assertThat(apis.count()).isEqualTo(1);
    }

    @Test
    void whatCanNotBeServedIsNotStored() {
        ok(create(ACTION.formatted("/shop", "/a", "GET")));

        assertThat(error(create(ACTION.formatted("shop", "/a", "GET")))).contains("must begin with '/'");
        assertThat(error(create(ACTION.formatted("/b", "/a/../c", "GET")))).startsWith("API creation failure: path");
        assertThat(error(create(
                        ACTION.formatted("/b", "/a", "GET").replace("https://h/api/v1/web/", "http://10.0.0.1/"))))
                .contains("neither a web action nor");
        assertThat(error(create(ACTION.formatted("/", "/shop/a", "GET")))).contains("collides");
        assertThat(list(Map.of())).hasSize(1);
        ok(create(ACTION.formatted("/2", "/a", "GET")));
        ok(create(ACTION.formatted("/3", "/a", "GET")));
        assertThat(error(create(ACTION.formatted("/4", "/a", "GET")))).contains("at most 3 APIs");
    }

    @Test
    @Tag("G-11")
    void manyOperationsAddedAtOnceAreAllThere() throws InterruptedException {
        var done = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            String doc = ACTION.formatted("/shop", "/p" + i, "GET");
            Thread.ofVirtual().start(() -> {
                create(doc);
                done.countDown();
            });
        }

        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(Json.object(document(list(Map.of()).getFirst()), "paths")).hasSize(20);
    }

    @Test
    @Tag("G-7")
    @Tag("G-11")
    void whatNarrowerRulesRefuseAfterARestartIsNotServedButCanBeSeenAndDeletedAndReplaced() throws RefusedException {
        for (String base : List.of("/old", "/gone")) {
            ok(importing(json("""
                    {'swagger':'2.0','info':{'title':'Old'},'basePath':'%s','paths':{'/a':{'get':{}}},
                     'x-gateway-configuration':{'assembly':{'execute':[
                       {'invoke':{'target-url':'http://api.example.com/x','verb':'keep'}}]}}}""".formatted(base))));
        }
        StoredApi old = apis.ofTenant("uuid").stream()
                .filter(each -> ApiForms.isCalled(each, "/old"))
                .findFirst()
                .orElseThrow();
        apis.save(Subscription.of("uuid", old.id(), "client", "secret"));
        store.close();
        store = FileApiStore.open(folder);
        apis = new Apis(store, new ApiReader(TargetRules.OWN, 100), 3);
        management = new ApiManagement(apis, "https://gw");

        apis.refresh();

        assertThat(list(Map.of())).hasSize(2).allSatisfy(each -> {
            assertThat(each.field("gwApiActivated")).contains(RawJson.FALSE);
            assertThat(Json.text(each.fields(), "problem", "")).contains("neither a web action nor");
        });
        assertThat(apis.count()).isZero();
        assertThat(at("/uuid/old/a")).isInstanceOf(Match.Nothing.class);
        assertThat(error(create(ACTION.formatted("/old", "/b", "GET")))).contains("neither a web action nor");
        apis.remove(apis.subscriptions(old).getFirst());
        assertThat(apis.subscriptions(old)).isEmpty();
        RawJson replaced = ok(importing(api("/old", "{'/a':{'get':{}}}")));
        assertThat(replaced.field("gwApiActivated")).contains(RawJson.TRUE);
        assertThat(replaced.field("problem")).isEmpty();
        assertThat(at("/uuid/old/a")).isInstanceOf(Match.Found.class);
        assertThat(apis.find("uuid", old.id())).isPresent();
        ok(delete("/gone", "", ""));
        ok(create(ACTION.formatted("/gone", "/a", "GET")));
        assertThat(at("/uuid/gone/a")).isInstanceOf(Match.Found.class);
        assertThat(apis.count()).isEqualTo(2);
    }

    private Match at(String path) {
        return apis.find("GET", SafePath.parse(path).orElseThrow());
    }

    private ManagementReply create(String apidoc) {
        return management.createApi(call(Map.of("apidoc", json(apidoc), "spaceguid", RawJson.string("uuid"))));
    }

    /// There is enough of it.
    private static void takeMemory(long bytes) {
        assertThat(bytes).isNotNegative();
    }

    private ManagementReply importing(RawJson document) {
        var apidoc = new LinkedHashMap<String, RawJson>();
        apidoc.put("namespace", RawJson.string("_"));
        apidoc.put("swagger", document);
        return management.createApi(call(Map.of("apidoc", RawJson.object(apidoc))));
    }

    private ManagementReply delete(String base, String path, String verb) {
        return management.deleteApi(call(texts(Map.of("basepath", base, "relpath", path, "operation", verb))));
    }

    private List<RawJson> list(Map<String, String> query) {
        return Json.list(ok(management.getApi(call(texts(query)))).fields(), "apis").stream()
                .map(each -> each.field("value").orElseThrow())
                .toList();
    }

    private static Map<String, RawJson> document(RawJson api) {
        return Json.object(api.fields(), "apidoc");
    }

    private static ApiCall call(Map<String, RawJson> parameters) {
        return new ApiCall(ADA, parameters, ApiManagementTest::takeMemory);
    }

    private static Map<String, RawJson> texts(Map<String, String> texts) {
        var all = new LinkedHashMap<String, RawJson>();
        texts.forEach((name, value) -> all.put(name, RawJson.string(value)));
        return all;
    }

    private static RawJson ok(ManagementReply reply) {
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
        return Objects.requireNonNull(reply.body());
    }

    private static String error(ManagementReply reply) {
        assertThat(reply.status()).isGreaterThanOrEqualTo(400);
        return Json.text(Objects.requireNonNull(reply.body()).fields(), "error", "");
    }
}
