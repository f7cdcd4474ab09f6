package dev.whirl.gateway.route;

import static dev.whirl.gateway.Documents.api;
import static dev.whirl.gateway.Documents.plan;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private final RouteTable table = RouteTable.EMPTY
            .with(
                    "one",
                    List.of(
                            planned(
                                    "one",
                                    "shop",
                                    "/shop",
                                    "{'/orders':{'get':{},'post':{}},'/orders/{id}':{'get':{}},"
                                            + "'/orders/new':{'post':{}},'/':{'get':{}}}"),
                            planned("one", "deep", "/shop/deep/er", "{'/{a}/x/{b}':{'get':{}}}")))
            .with("two", List.of(planned("two", "root", "/", "{'/orders':{'get':{}}}")));

    @Test
    @Tag("G-1")
    void theTenantTheBasePathAndThePathTellTheOperation() {
        assertThat(find("GET", "/one/shop/orders")).isInstanceOf(Match.Found.class);
        assertThat(find("GET", "/two/orders")).isInstanceOf(Match.Found.class);
        assertThat(find("GET", "/one/shop")).isInstanceOf(Match.Found.class);
        assertThat(find("GET", "/two/shop/orders")).isInstanceOf(Match.Nothing.class);
        assertThat(find("GET", "/three/orders")).isInstanceOf(Match.Nothing.class);
        assertThat(find("GET", "/")).isInstanceOf(Match.Nothing.class);
    }

    @Test
    void parametersAreDecodedAndTheRestIsAsItWasSent() {
        var found = (Match.Found) find("GET", "/one/shop/deep/er/a%20b/x/%C3%A4");

        assertThat(found.parameters()).isEqualTo(Map.of("a", "a b", "b", "ä"));
        assertThat(found.rest()).isEqualTo("/a%20b/x/%C3%A4");
        assertThat(found.api().id()).isEqualTo("deep");
    }

    @Test
    void wordsCountBeforeParametersUnlessTheVerbIsOnlyThere() {
        assertThat(((Match.Found) find("POST", "/one/shop/orders/new"))
                        .operation()
                        .segments())
                .containsExactly("orders", "new");
        assertThat(((Match.Found) find("GET", "/one/shop/orders/new"))
                        .operation()
                        .segments())
                .containsExactly("orders", "{id}");
    }

    @Test
    @Tag("G-4")
    void aPathWithoutTheVerbTellsWhichThereAre() {
        assertThat(find("DELETE", "/one/shop/orders")).isEqualTo(new Match.WrongVerb(List.of("GET", "POST"), true));
    }

    @Test
    void aSlashAtTheEndMakesNoDifference() {
        assertThat(find("GET", "/one/shop/orders/")).isInstanceOf(Match.Found.class);
    }

    @Test
    void routesThatTheSameRequestsAreForCollide() {
        var first = planned("one", "a", "/a", "{'/b/{x}':{'get':{}}}");
        var second = planned("one", "b", "/a/b", "{'/{y}':{'get':{}},'/c':{'get':{}}}");

        assertThat(RouteTable.collisions(List.of(first, second)))
                .containsExactly(new Collision("GET /a/b/{y}", "The shop"));
        assertThat(RouteTable.collisions(List.of(second))).isEmpty();
        var twice = planned("one", "c", "/c", "{'/{a}':{'get':{}},'/{b}':{'get':{}}}");
        assertThat(RouteTable.collisions(List.of(twice))).containsExactly(new Collision("GET /c/{b}", ""));
    }

    @Test
    void tenThousandRoutesMatchInMicroseconds() {
        RouteTable large = RouteTable.of(Map.of("t", manyApis()));
        List<SafePath> paths = IntStream.range(0, 10_000)
                .mapToObj(i -> path("/t/base%d/resource%d/%d/item%d".formatted(i % 100, i / 100, i, i % 7)))
                .toList();

        double best = Double.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            long found = paths.stream()
                    .filter(each -> large.find("GET", each) instanceof Match.Found)
                    .count();
            best = Math.min(best, (System.nanoTime() - start) / 1000.0 / paths.size());
            assertThat(found).isEqualTo(paths.size());
        }

        System.out.printf("10,000 routes: %.2f µs a match%n", best);
        assertThat(best).isLessThan(50);
    }

    private static List<PlannedApi> manyApis() {
        var apis = new ArrayList<PlannedApi>();
        for (int base = 0; base < 100; base++) {
            String paths = IntStream.range(0, 100)
                    .mapToObj(i -> "'/resource%d/{id}/{item}':{'get':{}}".formatted(i))
                    .collect(Collectors.joining(",", "{", "}"));
            apis.add(planned("t", "api" + base, "/base" + base, paths));
        }
        return apis;
    }

    private Match find(String verb, String path) {
        return table.find(verb, path(path));
    }

    private static SafePath path(String text) {
        return SafePath.parse(text).orElseThrow();
    }

    private static PlannedApi planned(String tenant, String id, String basePath, String paths) {
        return new PlannedApi(tenant, id, plan(api(basePath, paths)));
    }
}
