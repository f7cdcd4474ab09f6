package dev.whirl.gateway;

import dev.whirl.gateway.document.ApiPlan;
import dev.whirl.gateway.document.ApiReader;
import dev.whirl.gateway.document.InvalidApiException;
import dev.whirl.gateway.document.TargetRules;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.util.Set;

/// Documents for tests.
public final class Documents {
    public static final ApiReader READER = new ApiReader(
            new TargetRules(Set.of("api.example.com", "localhost:9999", "*.auth.example", "http://keys.internal:8080")),
            20_000);

    private static final String HELLO = "http://localhost:3233/api/v1/web/guest/default/hello.http";

    private Documents() {}

    /// JSON with apostrophes for quotes.
    public static RawJson json(String text) {
        try {
            return RawJson.parse(text.replace('\'', '"'));
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException(e.getMessage() + ": " + text, e);
        }
    }

    /// An API with these paths, all of whose operations call one action.
    ///
    /// @param more fields of the document, each with a comma at its end
    public static RawJson api(String basePath, String paths, String more) {
        return json("""
                {'swagger':'2.0','info':{'title':'The shop','version':'1.0.0'},'basePath':'%s',%s'paths':%s,
                 'x-gateway-configuration':{'cors':{'enabled':true},'assembly':{'execute':[
                   {'invoke':{'target-url':'%s$(request.path)','verb':'keep'}}]}}}""".formatted(basePath, more, paths, HELLO));
    }

    public static RawJson api(String basePath, String paths) {
        return api(basePath, paths, "");
    }

    public static ApiPlan plan(RawJson document) {
        try {
            return READER.plan(READER.normalized(document));
        } catch (InvalidApiException e) {
            throw new IllegalArgumentException(e.sentence(), e);
        }
    }

    /// What is said of a document that can't be served.
    public static String complaint(RawJson document) {
        try {
            READER.plan(READER.normalized(document));
            return "";
        } catch (InvalidApiException e) {
            return e.sentence();
        }
    }
}
