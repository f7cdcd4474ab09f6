package dev.whirl.gateway.document;

import static dev.whirl.gateway.Documents.api;
import static dev.whirl.gateway.Documents.complaint;
import static dev.whirl.gateway.Documents.json;
import static dev.whirl.gateway.Documents.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.whirl.gateway.Documents;
import dev.whirl.gateway.document.ApiPlan.Operation;
import dev.whirl.gateway.document.Security.Requirement;
import dev.whirl.gateway.document.Security.TokenProvider;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiReaderTest {
    @Test
    @Tag("G-4")
    void aDocumentOfManyOperationsEachWithStepsOfItsOwnIsReadInProportionToItsLength() {
        int many = 5000;
        var paths = new StringJoiner(",");
        var cases = new StringJoiner(",");
        for (int i = 0; i < many; i++) {
            paths.add("'/p%d':{'get':{'operationId':'o%d'}}".formatted(i, i));
            cases.add("""
                    {'operations':['o%d'],'execute':[{'invoke':{'target-url':'/api/v1/web/guest/shop/a%d.http'}}]}""".formatted(i, i));
        }
        RawJson document = json("""
                {'swagger':'2.0','info':{'title':'Shop'},'basePath':'/shop','paths':{%s},'x-gateway-configuration':
                  {'assembly':{'execute':[{'operation-switch':{'case':[%s]}}]}}}""".formatted(paths, cases));

        assertTimeout(Duration.ofSeconds(20), () -> {
            List<Operation> operations = plan(document).operations();
            assertThat(operations).hasSize(many);
            for (int i = 0; i < many; i++) {
                assertThat(operations.get(i).execution().target())
                        .isEqualTo(new Target.WebAction("/api/v1/web/guest/shop/a%d.http".formatted(i), false));
            }
        });
    }

    @Test
    @Tag("G-4")
    void anOperationWithStepsWithoutEndIsRefused() {
        String step = "{'set-variable':{'actions':[]}}";
        assertThat(complaint(json("""
                        {'swagger':'2.0','info':{'title':'Shop'},'basePath':'/shop','paths':{'/a':{'get':{}}},
                         'x-gateway-configuration':{'assembly':{'execute':[%s]}}}""".formatted(String.join(",", Collections.nCopies(1001, step))))))
                .contains("an operation may have 1000 steps at most");
    }

    @Test
    @Tag("G-4")
    void theStepsOfTheAssemblySayWhatIsCalledForWhichOperation() {
        ApiPlan plan = plan(json("""
                {'swagger':'2.0','info':{'title':'Shop'},'basePath':'/shop/','paths':{
                   '/orders/{id}':{'get':{'operationId':'read'},'parameters':[]},'/orders':{'post':{'operationId':'add'}}},
                 'x-gateway-configuration':{'cors':{'enabled':true},'assembly':{'execute':[
                   {'set-variable':{'actions':[{'set':'message.headers.X-Shop','value':'one'}]}},
                   {'operation-switch':{'case':[
                     {'operations':['read'],'execute':[
                        {'invoke':{'target-url':'https://h/api/v1/web/guest/shop/read.http$(request.path)','verb':'keep'}}]},
                     {'operations':['add'],'execute':[
                        {'set-variable':{'actions':[{'clear':'message.query.debug'}]}},
                        {'invoke':{'target-url':'/api/v1/web/guest/shop/add.json','verb':'put'}}]}]}}]}}}"""));

        assertThat(plan.name()).isEqualTo("Shop");
        assertThat(plan.basePath()).isEqualTo("/shop");
        assertThat(plan.answersOptions()).isTrue();
        Operation read = plan.operations().getFirst();
        assertThat(read.verb()).isEqualTo("GET");
        assertThat(read.segments()).containsExactly("orders", "{id}");
        assertThat(read.execution().target()).isEqualTo(new Target.WebAction("/api/v1/web/guest/shop/read.http", true));
        assertThat(read.execution().verb()).isEmpty();
        assertThat(read.execution().mappings()).hasSize(1);
        Operation add = plan.operations().get(1);
        assertThat(add.execution().verb()).isEqualTo("PUT");
        assertThat(add.execution().target()).isEqualTo(new Target.WebAction("/api/v1/web/guest/shop/add.json", false));
        assertThat(add.execution().mappings())
                .last()
                .isEqualTo(new Mapping.Clear(new Mapping.Field(Mapping.Place.QUERY, "debug")));
    }

    @Test
    @Tag("G-9")
    void withoutAnAssemblyTheActionOfTheOperationIsCalled() {
        ApiPlan plan = plan(json("""
                {'swagger':'2.0','info':{'title':'Shop'},'basePath':'/','paths':{'/a':{'get':
                  {'x-openwhisk':{'namespace':'guest','package':'p','action':'read'}}}}}"""));

        assertThat(plan.basePath()).isEmpty();
        assertThat(plan.answersOptions()).isFalse();
        assertThat(plan.operations().getFirst().execution().target())
                .isEqualTo(new Target.WebAction("/api/v1/web/guest/p/read.http", false));
    }

    @Test
    @Tag("G-4")
    void keysTokensAndRatesAreRead() {
        ApiPlan plan =
                plan(api("/shop", "{'/a':{'get':{},'put':{'security':[]},'post':{'security':[{'jwt':[]}]}}}", """
                'securityDefinitions':{
                  'client_id':{'type':'apiKey','in':'header','name':'X-Api-Key','x-key-type':'clientId'},
                  'client_secret':{'type':'apiKey','in':'header','name':'X-Api-Secret','x-key-type':'clientSecret'},
                  'jwt':{'type':'oauth2','x-jwks-url':'https://my.auth.example/keys','x-issuer':'me','x-audience':['a','b']}},
                'security':[{'client_id':[],'client_secret':[]}],
                'x-gateway-rate-limit':[{'unit':'minute','units':5,'rate':100}],"""));

        assertThat(plan.operations().get(0).security())
                .containsExactly(new Security(List.of(new Requirement.Client("x-api-key", "x-api-secret"))));
        assertThat(plan.secretHeaders()).containsExactly("x-api-secret");
        assertThat(plan.operations().get(1).security()).isEmpty();
        assertThat(plan.operations().get(2).security())
                .containsExactly(new Security(List.of(new Requirement.Token(
                        new TokenProvider.Signed("https://my.auth.example/keys", List.of("me"), List.of("a", "b"))))));
        assertThat(plan.operations().getFirst().limits()).containsExactly(new RateLimit(100, Duration.ofMinutes(5)));
    }

    @Test
    @Tag("G-4")
    void aSecretBelongsToTheIdThatItStandsWith() {
        String definitions = """
                'securityDefinitions':{
                  'secret':{'type':'apiKey','in':'header','name':'X-Secret'},'id':{'type':'apiKey','in':'header','name':'X-Id'},
                  'id2':{'type':'apiKey','in':'header','name':'X-Id2'},'secret2':{'type':'apiKey','in':'header','name':'X-Secret2'}},
                'security':[%s],""";
        var first = new Requirement.Client("x-id", "x-secret");
        var second = new Requirement.Client("x-id2", "x-secret2");

        assertThat(requirements(definitions, "{'secret':[],'id':[]}")).containsExactly(first);
        assertThat(requirements(definitions, "{'id':[],'secret':[],'id2':[],'secret2':[]}"))
                .containsExactly(first, second);
        assertThat(requirements(definitions, "{'id':[],'id2':[],'secret2':[]}"))
                .containsExactly(new Requirement.Client("x-id", null), second);
        for (String each : List.of(
                "{'secret':[]}", "{'id':[],'id2':[],'secret':[],'secret2':[]}", "{'id':[],'secret':[],'secret2':[]}")) {
            assertThat(complaint(api("/a", "{'/b':{'get':{}}}", definitions.formatted(each))))
                    .contains("must stand right after its client id");
        }
    }

    private static List<Requirement> requirements(String definitions, String security) {
        ApiPlan plan = plan(api("/a", "{'/b':{'get':{}}}", definitions.formatted(security)));
        return plan.operations().getFirst().security().getFirst().requirements();
    }

    @Test
    @Tag("G-4")
    void theOlderNameOfTheRateLimitIsRead() {
        ApiPlan plan = plan(api("/a", "{'/b':{'get':{}}}", "'x-ibm-rate-limit':[{'unit':'second','rate':5}],"));

        assertThat(plan.operations().getFirst().limits()).containsExactly(new RateLimit(5, Duration.ofSeconds(1)));
    }

    @Test
    @Tag("attack-37")
    void keysComeOverTlsUnlessTheOperatorSaysOtherwise() {
        assertThat(complaint(keysAt("https://api.example.com/keys"))).isEmpty();
        assertThat(complaint(keysAt("http://localhost:9999/keys"))).isEmpty();
        assertThat(complaint(keysAt("http://keys.internal:8080/keys"))).isEmpty();
        assertThat(complaint(keysAt("http://api.example.com/keys")))
                .contains("must begin with https:// unless gateway.allowed-hosts names http://api.example.com");
        assertThat(complaint(keysAt("http://my.auth.example/keys"))).contains("must begin with https://");
        assertThat(complaint(keysAt("https://keys.internal:8080/keys"))).contains("is not on a host");
        assertThat(complaint(keysAt("http://keys.internal/keys"))).contains("is not on a host");
    }

    private static RawJson keysAt(String address) {
        return api(
                "/a",
                "{'/b':{'get':{}}}",
                "'securityDefinitions':{'jwt':{'type':'oauth2','x-jwks-url':'%s'}},".formatted(address));
    }

    @Test
    @Tag("G-4")
    @Tag("attack-37")
    void tokensOfGoogleAreForOneApplication() {
        assertThat(complaint(api("/a", "{'/b':{'get':{}}}", "'securityDefinitions':{'google':{'type':'oauth2'}},")))
                .contains("'google' needs x-audience");
        assertThat(plan(api(
                                "/a",
                                "{'/b':{'get':{}}}",
                                "'securityDefinitions':{'google':{'type':'oauth2','x-audience':'mine'}},"))
                        .operations()
                        .getFirst()
                        .security())
                .containsExactly(new Security(List.of(new Requirement.Token(new TokenProvider.Signed(
                        "https://www.googleapis.com/oauth2/v3/certs",
                        List.of("https://accounts.google.com", "accounts.google.com"),
                        List.of("mine"))))));
        assertThat(complaint(api(
                        "/a",
                        "{'/b':{'get':{}}}",
                        "'securityDefinitions':{'o':{'type':'oauth2','x-provider':'app-id'}},")))
                .contains("the address of the keys of this App ID");
    }

    @Test
    void openApiThreeBecomesSwagger() throws InvalidApiException {
        RawJson swagger = Documents.READER.normalized(json("""
                {'openapi':'3.0.3','info':{'title':'Pets','version':'2'},'servers':[{'url':'https://h.example/pets/v2'}],
                 'components':{'schemas':{'Pet':{'type':'object'}},
                   'securitySchemes':{'jwt':{'type':'http','scheme':'bearer','x-jwks-url':'https://api.example.com/keys'}}},
                 'paths':{'/pet/{id}':{
                   'parameters':[{'name':'id','in':'path','required':true,'schema':{'type':'string'}}],
                   'put':{'operationId':'put','security':[{'jwt':[]}],
                     'x-openwhisk':{'namespace':'guest','package':'default','action':'pet'},
                     'requestBody':{'required':true,'content':{'application/json':{'schema':{'$ref':'#/components/schemas/Pet'}}}},
                     'responses':{'200':{'description':'ok','content':{'application/json':{'schema':{'type':'string'}}}}}}}}}"""));
        ApiPlan plan = Documents.READER.plan(swagger);

        assertThat(plan.basePath()).isEqualTo("/pets/v2");
        assertThat(plan.operations()).hasSize(1);
        assertThat(plan.operations().getFirst().security()).hasSize(1);
        assertThat(swagger.toString())
                .contains("\"#/definitions/Pet\"")
                .contains("\"definitions\"")
                .contains("{\"name\":\"body\",\"in\":\"body\",\"required\":true")
                .contains("{\"name\":\"id\",\"in\":\"path\",\"required\":true,\"type\":\"string\"}")
                .doesNotContain("components")
                .doesNotContain("requestBody");
    }

    @Test
    void whatCanNotBeServedIsRefusedWithTheReason() {
        assertThat(complaint(json("[]"))).contains("no JSON object");
        assertThat(complaint(json("{'openapi':'4.0'}"))).contains("neither Swagger 2.0 nor OpenAPI 3");
        assertThat(complaint(json("{'swagger':'1.2','basePath':'/','paths':{},'info':{}}")))
                .contains("neither Swagger 2.0 nor OpenAPI 3");
        assertThat(complaint(json("{'swagger':'2.0','basePath':'/','info':{}}")))
                .isEqualTo("swagger is missing the paths field.");
        assertThat(complaint(api("shop", "{}"))).contains("must begin with '/'");
        assertThat(complaint(api("/{tenant}", "{}"))).contains("can't have parameters");
        assertThat(complaint(api("/a", "{'/b/{id}/{id}':{'get':{}}}"))).contains("{id} twice");
        assertThat(complaint(api("/a", "{'/b/../c':{'get':{}}}"))).contains("'..' can't be part of a path");
        assertThat(complaint(api("/a", "{'/b//c':{'get':{}}}"))).contains("'' can't be part of a path");
        assertThat(complaint(api("/a", "{'/b':{'get':{'security':[{'nobody':[]}]}}}")))
                .contains("has no 'nobody'");
        assertThat(complaint(api("/a", "{'/b':{'get':{'security':{'client_id':[]}}}}")))
                .contains("security must be a list");
        assertThat(complaint(api("/a", "{'/b':{'get':{'security':['client_id']}}}")))
                .contains("each element must be an object");
        assertThat(complaint(api("/a", "{}", "'x-gateway-rate-limit':'100/min',")))
                .contains("must be an object or a list");
        assertThat(complaint(api("/a", "{}", "'x-gateway-rate-limit':[{'unit':'day','units':200000,'rate':1}],")))
                .contains("366 days at most");
        assertThat(complaint(api("/a", "{}", "'x-gateway-rate-limit':[{'unit':'week','rate':1}],")))
                .contains("'week' is no unit");
        assertThat(complaint(api("/a", "{}", "'x-gateway-rate-limit':[{'unit':'day','rate':0}],")))
                .contains("from 1 to");
    }

    @ParameterizedTest
    @CsvSource({
        "http://169.254.169.254/latest/meta-data, neither a web action nor",
        "http://localhost:5984/whisks, neither a web action nor",
        "https://user:secret@api.example.com/x, no address",
        "file:///etc/passwd, no address",
        "https://api.example.com.evil.org/x, neither a web action nor",
        "/api/v1/namespaces/_/actions/hello, neither a web action nor",
        "/api/v1/web/guest/default/../../../../metrics, neither a web action nor",
        "/api/v1/web/guest/default/a.http/%2e%2e/%2e%2e/b, neither a web action nor",
        "/api/v1/web/guest/default/a.http/..;/b, neither a web action nor",
        "/api/v1/web/guest/default//a.http, neither a web action nor",
        "http://host/api/v1/web/guest/hello.http, neither a web action nor"
    })
    void targetsThatNobodyAllowedAreRefused(String url, String reason) {
        RawJson document = json("""
                {'swagger':'2.0','info':{},'basePath':'/a','paths':{'/b':{'get':{'x-openwhisk':{'url':'%s'}}}}}""".formatted(url));

        assertThat(complaint(document)).startsWith("GET /b: ").contains(reason);
    }

    @Test
    void theConnectionIsNoBusinessOfMappings() {
        assertThat(complaint(mapping("message.headers.Content-Length"))).contains("no header that an API may use");
        assertThat(complaint(mapping("message.headers.A: b"))).contains("no header that an API may use");
        assertThat(complaint(mapping("message.cookies.a"))).contains("no place of a field");
        assertThat(complaint(mapping("headers"))).contains("names no field");
    }

    private static RawJson mapping(String set) {
        return json("""
                {'swagger':'2.0','info':{},'basePath':'/a','paths':{'/b':{'get':{}}},
                 'x-gateway-configuration':{'assembly':{'execute':[
                   {'set-variable':{'actions':[{'set':'%s','value':'x'}]}},
                   {'invoke':{'target-url':'/api/v1/web/guest/default/hello.http'}}]}}}""".formatted(set));
    }
}
