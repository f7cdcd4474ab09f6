package dev.whirl.gateway.manage;

import static dev.whirl.gateway.Documents.api;
import static dev.whirl.gateway.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.gateway.Documents;
import dev.whirl.gateway.document.Json;
import dev.whirl.gateway.store.file.FileApiStore;
import dev.whirl.model.json.RawJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagementTest {
    private static final RawJson SHOP = api("/shop", "{'/a':{'get':{}}}");

    @TempDir
    private Path folder;

    private FileApiStore store;
    private Management management;

    @BeforeEach
    void open() {
        store = FileApiStore.open(folder);
        var apis = new Apis(store, Documents.READER, 10);
        apis.refresh();
        management = new Management(apis, "https://gw");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    @Tag("G-2")
    void apisAreCreatedReadReplacedAndDeleted() {
        RawJson created = ok(call("POST", "v2/t/apis", SHOP));
        String id = Json.text(created.fields(), "artifact_id", "");

        assertThat(created.field("managed_url")).contains(RawJson.string("https://gw/api/t/shop"));
        assertThat(created.field("open_api_doc")).contains(SHOP.compact());
        assertThat(ok(call("GET", "v2/t/apis", null)).elements()).containsExactly(created);
        assertThat(ok(call("GET", "v2/t/apis/" + id, null))).isEqualTo(created);
        RawJson replaced = ok(call("PUT", "v2/t/apis/" + id, api("/store", "{'/b':{'get':{}}}")));
        assertThat(replaced.field("managed_url")).contains(RawJson.string("https://gw/api/t/store"));
        assertThat(replaced.field("artifact_id")).contains(RawJson.string(id));
        assertThat(call("DELETE", "v2/t/apis/" + id, null)).isEqualTo(new ManagementReply(204, null));
        assertThat(ok(call("GET", "v2/t/apis", null)).elements()).isEmpty();
    }

    @Test
    @Tag("G-2")
    @Tag("G-4")
    void subscriptionsAreCreatedListedAndDeletedAndTellNoSecret() {
        String id = Json.text(ok(call("POST", "v2/t/apis", SHOP)).fields(), "artifact_id", "");

        ok(call(
                "POST",
                "v2/t/subscriptions",
                json("{'artifact_id':'%s','client_id':'ada','client_secret':'hush'}".formatted(id))));
        RawJson list = ok(call("GET", "v2/t/subscriptions", null, Map.of("artifact_id", id)));
        assertThat(list).isEqualTo(json("[{'artifact_id':'%s','client_id':'ada'}]".formatted(id)));
        assertThat(call("DELETE", "v2/t/subscriptions/ada", null, Map.of("artifact_id", id))
                        .status())
                .isEqualTo(204);
        assertThat(error(call("DELETE", "v2/t/subscriptions/ada", null, Map.of("artifact_id", id))))
                .isEqualTo("404 Error: Subscription doesn't exist");
    }

    @Test
    @Tag("G-4")
    void whatIsWrongIsSaidInTheGatewaysWords() {
        ok(call("POST", "v2/t/apis", SHOP));

        assertThat(error(call("GET", "v2/t/apis/none", null))).isEqualTo("404 Error: Unknown API id none");
        assertThat(error(call("POST", "v2/t/apis", null))).isEqualTo("400 Error: Missing request body");
        assertThat(error(call("GET", "v2/t/subscriptions", null))).isEqualTo("400 Error: Missing artifact_id");
        assertThat(error(call("POST", "v2/t/apis", SHOP))).startsWith("409 Error: GET /shop/a collides");
        assertThat(error(call("POST", "v2/v1/apis", SHOP))).startsWith("400 Error: 'v1' can't be a tenant's id");
        assertThat(error(call("PATCH", "v2/t/apis", SHOP))).isEqualTo("404 Error: Whoops. Verb not supported.");
        assertThat(error(call("GET", "v3/t", null))).startsWith("404");
    }

    @Test
    @Tag("G-3")
    void theFirstVersionTellsWhatThereIs() {
        String id = Json.text(ok(call("POST", "v2/t/apis", SHOP)).fields(), "artifact_id", "");

        assertThat(ok(call("GET", "v1/health-check", null))).isEqualTo(json("{'status':'ok'}"));
        assertThat(ok(call("GET", "v1/tenants", null)).elements()).hasSize(1);
        assertThat(ok(call("GET", "v1/tenants/t", null)).field("id")).contains(RawJson.string("t"));
        assertThat(ok(call("GET", "v1/apis", null)).elements()).hasSize(1);
        assertThat(ok(call("GET", "v1/apis/" + id, null)).field("basePath")).contains(RawJson.string("/shop"));
        assertThat(error(call("GET", "v1/tenants/u", null))).startsWith("404");
    }

    private ManagementReply call(String method, String path, @org.jspecify.annotations.Nullable RawJson body) {
        return call(method, path, body, Map.of());
    }

    private ManagementReply call(
            String method, String path, @org.jspecify.annotations.Nullable RawJson body, Map<String, String> query) {
        return management.answer(
                new ManagementRequest(method, List.of(path.split("/")), query, body == null ? "" : body.toString()));
    }

    private static RawJson ok(ManagementReply reply) {
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
        return Objects.requireNonNull(reply.body());
    }

    private static String error(ManagementReply reply) {
        return reply.status() + " "
                + Json.text(Objects.requireNonNull(reply.body()).fields(), "message", "");
    }
}
