package dev.whirl.store.couchdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.StoreException;
import dev.whirl.store.couchdb.CouchDesign.Replace;
import dev.whirl.store.couchdb.CouchStoreConfig.Access;
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I-46")
class CouchDesignTest {
    private final CouchStoreConfig config = CouchUnderTest.fresh();

    @AfterEach
    void drop() {
        CouchUnderTest.drop(config);
    }

    @Test
    void whatIsMissingIsMadeOnce() {
        assertThat(problems()).hasSize(3).allSatisfy(each -> assertThat(each).contains("init-db", config.prefix()));

        List<String> done = init(Replace.NEEDED);

        assertThat(done).hasSize(4 + DesignDocuments.all().size());
        assertThat(problems()).isEmpty();
        assertThat(init(Replace.NEEDED)).isEmpty();
        assertThat(init(Replace.ALL)).isEmpty();
    }

    @Test
    void allProblemsAreToldWhenTheStoresAreOpened() {
        init(Replace.NEEDED);
        change("whisks", "_design/whisks.v2.1.0", "views", RawJson.EMPTY_OBJECT);
        change("activations", "_design/activations", "_deleted", RawJson.TRUE);

        assertThatThrownBy(() -> CouchStores.open(config, new SimpleMeterRegistry(), new MemoryStores().journal()))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("the view actions, the view packages, the view packages-public")
                .hasMessageContaining("lacks _design/activations");

        assertThat(init(Replace.NEEDED)).hasSize(2);
        assertThat(problems()).isEmpty();
    }

    @Test
    void anOlderDocumentOfOursIsReplaced() {
        init(Replace.NEEDED);
        change("subjects", "_design/subjects.v2.0.0", DesignDocuments.MARK, RawJson.number(0));

        assertThat(problems()).singleElement().asString().contains("of another version");
        assertThat(init(Replace.NEEDED))
                .containsExactly("replaced _design/subjects.v2.0.0 of %ssubjects".formatted(config.prefix()));
        assertThat(problems()).isEmpty();
    }

    /// Its views may have taken hours to be built.
    @Test
    void openWhisksOwnDocumentsStayWhereTheyAnswerWhatIsAsked() {
        init(Replace.NEEDED);
        change("subjects", "_design/subjects.v2.0.0", DesignDocuments.MARK, null);
        change("subjects", "_design/subjects.v2.0.0", "indexes", RawJson.EMPTY_OBJECT);

        assertThat(problems()).isEmpty();
        assertThat(init(Replace.NEEDED)).isEmpty();
        assertThat(init(Replace.ALL)).hasSize(1);
    }

    @Test
    @Tag("A-3")
    void blockedNamespacesAreInTheirView() {
        init(Replace.NEEDED);
        write("subjects", "first%2Flimits", "{\"concurrentInvocations\":0}");
        write("subjects", "second%2Flimits", "{\"concurrentInvocations\":1}");
        write("subjects", "annalise", """
                {"subject":"annalise","blocked":true,"namespaces":[{"name":"third","uuid":"u","key":"k"}]}""");

        RawJson rows = ask("GET", "subjects/_design/namespaceThrottlings/_view/blockedNamespaces?reduce=false", null);

        assertThat(rows.field("rows").orElseThrow().elements())
                .extracting(row -> row.field("key").orElseThrow().toString())
                .containsExactly("\"first\"", "\"third\"");
    }

    @Test
    void wrongCredentialsAreToldWithoutTheSecret() {
        Access wrong = new Access(config.access().url(), "somebody", "not-the-secret", null);

        assertThat(CouchDesign.problems(config.withAccess(wrong), new SimpleMeterRegistry()))
                .singleElement()
                .asString()
                .contains("store.couchdb.user")
                .doesNotContain("not-the-secret");
        assertThat(wrong).asString().doesNotContain("not-the-secret");
    }

    @Test
    void whatIsNoCouchIsToldToBeNone() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] page = "{\"hello\":1}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        try {
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            var other = CouchStoreConfig.at(url, "", "", "x");

            assertThat(CouchDesign.problems(other, new SimpleMeterRegistry()))
                    .singleElement()
                    .asString()
                    .contains("is not CouchDB");
        } finally {
            server.stop(0);
        }
    }

    private List<String> init(Replace replace) {
        return CouchDesign.init(config, new SimpleMeterRegistry(), replace);
    }

    private List<String> problems() {
        return CouchDesign.problems(config, new SimpleMeterRegistry());
    }

    private void change(String database, String id, String field, @org.jspecify.annotations.Nullable RawJson value) {
        String path = database + "/" + id;
        var fields = new LinkedHashMap<>(ask("GET", path, null).fields());
        if (value == null) {
            fields.remove(field);
        } else {
            fields.put(field, value);
        }
        ask("PUT", path, RawJson.object(fields));
    }

    private void write(String database, String id, String document) {
        try {
            ask("PUT", database + "/" + id, RawJson.parse(document));
        } catch (dev.whirl.model.json.MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    private RawJson ask(String method, String path, @org.jspecify.annotations.Nullable RawJson body) {
        Reply reply = CouchUnderTest.ask(config, Call.harmless(method, config.prefix() + path, body));
        assertThat(reply.isSuccess()).as(reply.reason()).isTrue();
        return reply.json();
    }
}
