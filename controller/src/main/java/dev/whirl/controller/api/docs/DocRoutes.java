package dev.whirl.controller.api.docs;

import dev.whirl.controller.BuildInfo;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Route;
import dev.whirl.model.json.RawJson;
import java.util.Comparator;
import java.util.List;

/// The part of the API's table that describes the rest of it (row R-50). `/api/v1/api-docs` has the form that clients
/// of OpenWhisk know.
public final class DocRoutes {
    private static final String API = "/api/v1";
    private static final String HTML = "text/html; charset=UTF-8";

    private DocRoutes() {}

    /// @param table what is described
    public static List<Route> of(List<Route> table, BuildInfo build) {
        List<Route> known = List.copyOf(table);
        Description api = description(
                "REST API", API, build, known.stream().filter(DocRoutes::isApi).toList());
        Description info = description(
                "Info and operator API",
                "",
                build,
                known.stream().filter(each -> !isApi(each)).toList());
        RawJson swagger = api.swagger();
        RawJson openApi = api.openApi();
        RawJson infoSwagger = info.swagger();
        String page = DocPage.of(api, List.of(API + "/api-docs", API + "/openapi.json"));
        String infoPage = DocPage.of(info, List.of("/api-docs"));
        return List.of(
                Route.open("GET", API + "/api-docs", _ -> Answer.json(200, swagger)),
                Route.open("GET", API + "/openapi.json", _ -> Answer.json(200, openApi)),
                Route.open("GET", API + "/docs/?", _ -> Answer.text(200, HTML, page)),
                Route.open("GET", "/api-docs", _ -> Answer.json(200, infoSwagger)),
                Route.open("GET", "/docs/?", _ -> Answer.text(200, HTML, infoPage)));
    }

    private static Description description(String title, String base, BuildInfo build, List<Route> routes) {
        List<Operation> operations = routes.stream()
                .filter(each ->
                        !each.method().equals("OPTIONS") && !each.method().equals("HEAD"))
                .map(each -> Operation.of(each, base))
                .sorted(Comparator.comparing(Operation::tag))
                .toList();
        return new Description(title, build.number(), base, operations);
    }

    private static boolean isApi(Route route) {
        return route.pattern().toString().startsWith(API);
    }
}
