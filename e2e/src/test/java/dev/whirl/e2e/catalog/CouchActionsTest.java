package dev.whirl.e2e.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.store.couchdb.CouchServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The packages `couchdb` and `cloudant` with a database server.
class CouchActionsTest {
    private static CouchServer server;

    private final Api guest = SharedServer.guest();
    private final String database = Names.unique("orders");
    private String pkg = "couchdb";

    @BeforeAll
    static void startServer() throws Exception {
        server = CouchServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    @Tag("F-14")
    void documentsAreWrittenReadListedAndDeleted() {
        done("create-database", "");
        assertThat(call("list-all-databases", "").at("all_databases").toString())
                .contains(database);
        String first = call("create-document", ",\"doc\":{\"_id\":\"7\",\"state\":\"new\"}")
                .text("rev");
        String second = call(
                        "update-document",
                        ",\"doc\":{\"_id\":\"7\",\"_rev\":\"%s\",\"state\":\"paid\"}".formatted(first))
                .text("rev");
        assertThat(call("read-document", ",\"docid\":\"7\"").text("state")).isEqualTo("paid");
        assertThat(call("write", ",\"doc\":{\"_id\":\"7\"}").text("error")).contains("409");
        String third = call("write", ",\"overwrite\":true,\"doc\":{\"_id\":\"7\",\"state\":\"sent\"}")
                .text("rev");
        assertThat(third).isNotEqualTo(second);
        done("write", ",\"overwrite\":true,\"doc\":{\"_id\":\"8\"}");
        assertThat(call("read", ",\"id\":\"7\"").text("state")).isEqualTo("sent");
        done("manage-bulk-documents", ",\"docs\":[{\"_id\":\"9\"},{\"_id\":\"a/b c\"}]");
        assertThat(call("list-documents", ",\"params\":{\"startkey\":\"8\"}")
                        .at("rows")
                        .elements())
                .hasSize(3);
        assertThat(call("read", ",\"docid\":\"a/b c\"").text("_id")).isEqualTo("a/b c");
        assertThat(call("read-changes-feed", ",\"params\":{\"limit\":1}")
                        .at("results")
                        .elements())
                .hasSize(1);
        done("delete-document", ",\"docid\":\"7\",\"docrev\":\"%s\"".formatted(third));
        assertThat(call("read", ",\"docid\":\"7\"").text("error")).contains("404");
        assertThat(call("read-database", "").text("db_name")).contains(database);
        done("delete-database", "");
        assertThat(call("read-database", "").text("error")).contains("404");
    }

    @Test
    @Tag("F-14")
    void viewsQueriesAndFilesWork() {
        pkg = "cloudant";
        done("create-database", "");
        done(
                "create-document",
                ",\"doc\":{\"_id\":\"_design/by\",\"views\":{\"state\":{\"map\":\"function (doc) { emit(doc.state, 1); }\"}}}");
        String revision = call("create-document", ",\"doc\":{\"_id\":\"7\",\"state\":\"new\"}")
                .text("rev");
        assertThat(call("exec-query-view", ",\"docid\":\"by\",\"viewname\":\"state\",\"params\":{\"key\":\"new\"}")
                        .at("rows")
                        .elements())
                .hasSize(1);
        assertThat(call("list-design-documents", "").at("rows").toString()).contains("_design/by");
        done("delete-view", ",\"docid\":\"by\",\"viewname\":\"state\"");
        assertThat(call("list-design-documents", "").at("rows").elements()).isEmpty();
        done(
                "create-query-index",
                ",\"index\":{\"index\":{\"fields\":[\"state\"]},\"name\":\"states\",\"ddoc\":\"states\"}");
        assertThat(call("list-query-indexes", "").at("indexes").toString()).contains("states");
        assertThat(call("exec-query-find", ",\"query\":{\"selector\":{\"state\":\"new\"}}")
                        .at("docs")
                        .elements())
                .hasSize(1);
        done("delete-query-index", ",\"docid\":\"_design/states\",\"indexname\":\"states\"");
        String withFile = call(
                        "create-attachment",
                        ",\"docid\":\"7\",\"docrev\":\"%s\",\"attachmentname\":\"a.txt\",\"attachment\":\"aGVsbG8=\",\"contenttype\":\"text/plain\""
                                .formatted(revision))
                .text("rev");
        assertThat(call("read-attachment", ",\"docid\":\"7\",\"attachmentname\":\"a.txt\"")
                        .text("attachment"))
                .isEqualTo("aGVsbG8=");
        done(
                "delete-attachment",
                ",\"docid\":\"7\",\"docrev\":\"%s\",\"attachmentname\":\"a.txt\"".formatted(withFile));
    }

    private void done(String action, String more) {
        call(action, more).expect(200);
    }

    /// What an action answers, an error too.
    private Answer call(String action, String more) {
        return guest.post(
                "/api/v1/namespaces/whisk.system/actions/%s/%s?blocking=true&result=true".formatted(pkg, action),
                "{\"host\":\"%s\",\"username\":\"whisk\",\"password\":\"some-secret\",\"dbname\":\"%s\"%s}"
                        .formatted(server.url(), database, more));
    }
}
