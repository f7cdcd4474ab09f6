package dev.whirl.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.e2e.support.WhirlServer;
import dev.whirl.model.Messages;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListsTest {
    private static final Api GUEST = SharedServer.guest();

    @Test
    @Tag("R-11")
    @Tag("R-24")
    void pagesOfActionsComeNewestFirstAndAreThirtyLong() {
        try (var server = WhirlServer.start(ServerOptions.DEFAULT)) {
            Api api = Api.guest(server);
            List<String> newestFirst = Stream.iterate(204, n -> n >= 0, n -> n - 1)
                    .map(n -> "a%03d".formatted(n))
                    .toList();
            newestFirst.reversed().forEach(name -> api.create(name, Code.NODE, Code.NODE_ECHO));

            assertThat(names(api, "")).isEqualTo(newestFirst.subList(0, 30));
            assertThat(names(api, "?limit=7")).isEqualTo(newestFirst.subList(0, 7));
            assertThat(names(api, "?limit=7&skip=5")).isEqualTo(newestFirst.subList(5, 12));
            assertThat(names(api, "?limit=0")).isEqualTo(newestFirst.subList(0, 200));
            assertThat(names(api, "?limit=200")).isEqualTo(newestFirst.subList(0, 200));
            assertThat(names(api, "?skip=200")).isEqualTo(newestFirst.subList(200, 205));
            assertThat(names(api, "?skip=1000")).isEmpty();
            assertThat(api.get(Api.OWN + "/actions?count=true").expect(200).body())
                    .isEqualTo("{\"actions\":205}");

            api.create("a000", Code.NODE, Code.NODE_ECHO);

            assertThat(names(api, "?limit=2")).containsExactly("a000", "a204");
        }
    }

    private static List<String> names(Api api, String query) {
        return api.get(Api.OWN + "/actions" + query).expect(200).rows().stream()
                .map(row -> row.field("name").orElseThrow().asText().orElseThrow())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"actions", "activations"})
    @Tag("R-11")
    void limitsOfAListAreChecked(String collection) {
        String path = Api.OWN + "/" + collection;

        for (String value : List.of("201", "-1")) {
            GUEST.get(path + "?limit=" + value)
                    .expectError(
                            400,
                            Messages.queryMalformed("limit", Messages.listLimitOutOfRange(value, 200, collection)));
        }
        GUEST.get(path + "?skip=-1")
                .expectError(400, Messages.queryMalformed("skip", Messages.listSkipOutOfRange("-1", collection)));
    }

    @ParameterizedTest
    @CsvSource({"limit,x", "limit,1.5", "limit,99999999999", "skip,x"})
    @Tag("R-11")
    void onlyWholeNumbersAreTaken(String parameter, String value) {
        GUEST.get(Api.OWN + "/actions?" + parameter + "=" + value)
                .expectError(400, Messages.queryMalformed(parameter, Messages.notAnInteger(value, "actions")));
    }

    @Test
    @Tag("R-11")
    void countMustBeTrueOrFalse() {
        GUEST.get(Api.OWN + "/actions?count=maybe")
                .expectErrorStarting(400, "The query parameter 'count' was malformed:\n");
        assertThat(GUEST.get(Api.OWN + "/actions?count=false&limit=1")
                        .expect(200)
                        .json()
                        .elements())
                .isNotNull();
    }

    @Test
    @Tag("R-24")
    @Tag("R-62")
    void aRowShowsTheSummaryOfAnAction() {
        String name = GUEST.stored(Code.NODE, Code.NODE_ECHO, ",\"parameters\":[{\"key\":\"secret\",\"value\":1}]");

        Answer list = GUEST.get(Api.OWN + "/actions?limit=1").expect(200);

        var row = list.rows().getFirst();
        assertThat(row.fields().keySet())
                .containsExactlyInAnyOrder(
                        "namespace", "name", "version", "publish", "annotations", "limits", "exec", "updated");
        assertThat(row.field("name").orElseThrow().asText()).contains(name);
        assertThat(row.field("namespace").orElseThrow().asText()).contains("guest");
        assertThat(row.field("exec").orElseThrow().toString()).isEqualTo("{\"binary\":false}");
    }

    @Test
    @Tag("R-24")
    @Tag("R-86")
    void somebodyElsesActionsAreNotListed() {
        GUEST.get("/api/v1/namespaces/whisk.system/actions").expect(403);
        SharedServer.system().get("/api/v1/namespaces/guest/actions").expect(403);
    }
}
