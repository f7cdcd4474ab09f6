package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.TestPlatform.Options;
import dev.whirl.controller.access.AccessConfig;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Packages and bindings over HTTP.
class PackagesApiTest {
    private static final String OTHERS = "/api/v1/namespaces/other/";
    private static final String GUESTS = "/api/v1/namespaces/guest/";
    private static final String TO_P = "{\"binding\":{\"namespace\":\"_\",\"name\":\"p\"}%s}";

    private TestPlatform platform;
    private Http guest;
    private Http other;

    @BeforeEach
    void start() {
        platform = TestPlatform.start();
        guest = platform.asGuest();
        other = platform.as(TestPlatform.OTHER);
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private static String parameter(String key, String value) {
        return "[{\"key\":\"%s\",\"value\":%s}]".formatted(key, value);
    }

    @Test
    @Tag("R-100")
    @Tag("R-37")
    void aPackageIsShownAsItWasStored() {
        Reply put = guest.put(
                "packages/p",
                "{\"parameters\":" + parameter("a", "1") + ",\"annotations\":" + parameter("n", "2") + "}");

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.body())
                .startsWith("{\"namespace\":\"guest\",\"name\":\"p\",\"binding\":{},\"parameters\":"
                        + parameter("a", "1") + ",\"version\":\"0.0.1\",\"publish\":false,\"annotations\":"
                        + parameter("n", "2") + ",\"updated\":");
        assertThat(guest.get("packages/p").at("actions")).isEqualTo("[]");
        assertThat(guest.get("packages/p").at("feeds")).isEqualTo("[]");
        assertThat(guest.post("packages/p", "{}").status()).isEqualTo(405);
    }

    @Test
    @Tag("R-100")
    void aPackageListsItsActionsAndFeeds() {
        guest.put("packages/p", "{}");
        guest.putNodeAction("p/a");
        guest.put(
                "actions/p/f",
                "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"},\"annotations\":" + parameter("feed", "true") + "}");

        Reply got = guest.get("packages/p");

        assertThat(got.json().field("actions").orElseThrow().elements()).hasSize(1);
        assertThat(got.at("actions.0.name")).isEqualTo("a");
        assertThat(got.at("actions.0.version")).isEqualTo("0.0.1");
        assertThat(got.at("actions.0.annotations")).contains("nodejs:20");
        assertThat(got.json().field("feeds").orElseThrow().elements()).hasSize(1);
        assertThat(got.at("feeds.0.name")).isEqualTo("f");
    }

    @Test
    @Tag("R-104")
    @Tag("trap-7")
    void anUpdateReplacesAnnotationsAndKeepsWhatIsNotGiven() {
        guest.put(
                "packages/p",
                "{\"publish\":true,\"parameters\":" + parameter("a", "1") + ",\"annotations\":" + parameter("x", "1")
                        + "}");

        Reply kept = guest.put("packages/p?overwrite=true", "{}");
        Reply replaced = guest.put("packages/p?overwrite=true", "{\"annotations\":" + parameter("y", "2") + "}");

        assertThat(kept.at("publish")).isEqualTo("true");
        assertThat(kept.at("annotations")).isEqualTo(parameter("x", "1"));
        assertThat(replaced.at("annotations")).isEqualTo(parameter("y", "2"));
        assertThat(replaced.at("parameters")).isEqualTo(parameter("a", "1"));
        assertThat(replaced.at("version")).isEqualTo("0.0.3");
        assertThat(guest.put("packages/p", "{}").error()).isEqualTo("resource already exists");
    }

    @Test
    @Tag("R-12")
    void theNameDefaultIsReserved() {
        Reply reply = guest.put("packages/default", "{}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("Package name 'default' is reserved.");
    }

    @Test
    @Tag("R-68")
    void parametersAndAnnotationsHaveAMaximum() {
        String large = parameter("k", "\"" + "x".repeat(1 << 20) + "\"");

        for (String path : new String[] {"packages/p", "triggers/t"}) {
            for (String field : new String[] {"parameters", "annotations"}) {
                Reply reply = guest.put(path, "{\"%s\":%s}".formatted(field, large));
                assertThat(reply.status()).isEqualTo(413);
                assertThat(reply.error()).startsWith(field + " larger than allowed: 1048579 > 1048576 bytes.");
            }
            assertThat(guest.get(path).status()).isEqualTo(404);
        }
    }

    @Test
    @Tag("R-16")
    @Tag("trap-12")
    void packagesTriggersRulesAndActionsShareOneKeySpace() {
        String sentence = "Resource by this name exists but is not in this collection.";
        guest.put("packages/p", "{}");
        guest.put("triggers/t", "{}");
        guest.putNodeAction("a");

        for (String path :
                new String[] {"triggers/p", "rules/p", "packages/t", "packages/a", "rules/t", "triggers/a"}) {
            assertThat(guest.put(path, "{\"trigger\":\"_/t\",\"action\":\"_/a\"}")
                            .error())
                    .isEqualTo(sentence);
            assertThat(guest.get(path).status()).isEqualTo(409);
            assertThat(guest.delete(path).error()).isEqualTo(sentence);
        }
        assertThat(guest.putNodeAction("t").error()).isEqualTo(sentence);
        assertThat(guest.post("triggers/a", "{}").error()).isEqualTo(sentence);
    }

    @Test
    @Tag("R-101")
    @Tag("R-100")
    void aBindingShowsWhatItStandsFor() {
        guest.put("packages/p", "{\"parameters\":[{\"key\":\"a\",\"value\":1},{\"key\":\"b\",\"value\":1}]}");
        guest.putNodeAction("p/x");

        Reply put = guest.put(
                "packages/bound",
                TO_P.formatted(",\"parameters\":%s,\"annotations\":%s"
                        .formatted(parameter("b", "2"), parameter("binding", "\"forged\""))));
        Reply got = guest.get("packages/bound");

        assertThat(put.at("binding")).isEqualTo("{\"namespace\":\"guest\",\"name\":\"p\"}");
        assertThat(put.at("parameters")).isEqualTo(parameter("b", "2"));
        assertThat(put.at("annotations")).isEqualTo(parameter("binding", "{\"name\":\"p\",\"namespace\":\"guest\"}"));
        assertThat(got.at("name")).isEqualTo("bound");
        assertThat(got.at("parameters")).isEqualTo("[{\"key\":\"a\",\"value\":1},{\"key\":\"b\",\"value\":2}]");
        assertThat(got.at("actions.0.name")).isEqualTo("x");
        assertThat(guest.put("packages/p?overwrite=true", "{\"annotations\":" + parameter("binding", "1") + "}")
                        .at("annotations"))
                .isEqualTo("[]");
    }

    @Test
    @Tag("R-102")
    void bindingsThatLeadNowhereAreRefused() {
        guest.put("packages/p", "{}");
        guest.putNodeAction("a");
        guest.put("packages/bound", TO_P.formatted(""));
        other.put("packages/private", "{}");

        refusesBinding("_", "missing", 400, "Binding references a package that does not exist.");
        refusesBinding("_", "a", 409, "Cannot bind to a resource that is not a package.");
        refusesBinding("_", "bound", 400, "Cannot bind to another package binding.");
        refusesBinding("_", "new", 422, "Package binding 'guest/new' contains a circular reference.");
        for (String each : new String[] {"private", "missing"}) {
            refusesBinding(
                    "other",
                    each,
                    403,
                    "The supplied authentication is not authorized to access 'other/" + each + "'.");
        }
        Reply converted = guest.put(
                "packages/p?overwrite=true", TO_P.replace("\"p\"", "\"q\"").formatted(""));
        assertThat(converted.status()).isEqualTo(400);
        guest.put("packages/q", "{}");
        assertThat(guest.put(
                                "packages/p?overwrite=true",
                                TO_P.replace("\"p\"", "\"q\"").formatted(""))
                        .error())
                .isEqualTo("Resource is a package and cannot be converted into a binding.");
        assertThat(guest.put("packages/new", "{\"binding\":7}").status()).isEqualTo(400);
        assertThat(guest.put("packages/new", "{\"binding\":{\"name\":\"p\"}}").status())
                .isEqualTo(400);
        assertThat(guest.get("packages/new").status()).isEqualTo(404);
    }

    private void refusesBinding(String namespace, String name, int status, String sentence) {
        Reply reply = guest.put(
                "packages/new", "{\"binding\":{\"namespace\":\"%s\",\"name\":\"%s\"}}".formatted(namespace, name));
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.error()).isEqualTo(sentence);
    }

    @Test
    @Tag("R-103")
    @Tag("trap-22")
    void aPackageIsDeletedWithItsContentsOnlyByForce() {
        guest.put("packages/p", "{}");
        guest.putNodeAction("p/a");
        guest.put("packages/bound", TO_P.formatted(""));

        assertThat(guest.delete("packages/p").error())
                .isEqualTo("Package not empty (contains 1 entity). Set force param or delete package contents.");
        guest.putNodeAction("p/b");
        Reply refused = guest.delete("packages/p?force=false");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.error())
                .isEqualTo("Package not empty (contains 2 entities). Set force param or delete package contents.");

        Reply deleted = guest.delete("packages/p?force=true");

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.at("name")).isEqualTo("p");
        assertThat(guest.get("actions?count=true").body()).isEqualTo("{\"actions\":0}");
        assertThat(guest.get("packages/bound").status()).isEqualTo(404);
        assertThat(guest.post("actions/bound/a", "{}").status()).isEqualTo(404);
        assertThat(guest.delete("packages/bound").status()).isEqualTo(200);
    }

    @Test
    @Tag("R-86")
    @Tag("R-71")
    @Tag("trap-23")
    void aMissingPackageIsNamedToItsOwnerAndNotToStrangers() {
        assertThat(guest.get("packages/none").error()).isEqualTo("The requested resource 'guest/none' does not exist.");
        assertThat(guest.delete("packages/none").error()).isEqualTo("The requested resource does not exist.");
        for (Reply each : new Reply[] {
            guest.get("actions/none/a"),
            guest.post("actions/none/a", "{}"),
            guest.putNodeAction("none/a"),
            guest.delete("actions/none/a"),
            guest.get("actions/none/")
        }) {
            assertThat(each.status()).isEqualTo(404);
            assertThat(each.error()).isEqualTo("The requested resource does not exist.");
        }
        other.put("packages/private", "{}");
        for (String each : new String[] {"none", "private"}) {
            assertThat(guest.get(OTHERS + "packages/" + each).error())
                    .isEqualTo("The supplied authentication is not authorized to access 'other/" + each + "'.");
            assertThat(guest.delete(OTHERS + "packages/" + each).status()).isEqualTo(403);
            assertThat(guest.put(OTHERS + "packages/" + each, "{}").status()).isEqualTo(403);
        }
    }

    @Test
    @Tag("R-71")
    void nothingIsWrittenThroughABinding() {
        guest.put("packages/p", "{}");
        guest.putNodeAction("p/a");
        guest.put("packages/bound", TO_P.formatted(""));

        assertThat(guest.putNodeAction("bound/b").error()).isEqualTo("Operation not permitted on package binding.");
        assertThat(guest.delete("actions/bound/a").error()).isEqualTo("Operation not permitted on package binding.");
    }

    @Test
    @Tag("R-36")
    @Tag("A-6")
    @Tag("trap-17")
    void othersSeeOnlyPublicPackagesThatAreNoBindings() {
        guest.put("packages/hidden", "{}");
        guest.put("packages/p", "{\"publish\":true}");
        guest.put("packages/bound", TO_P.formatted(",\"publish\":true"));

        Reply others = other.get(GUESTS + "packages");

        assertThat(guest.get("packages").json().elements()).hasSize(3);
        assertThat(guest.get("packages/?limit=1").at("0.binding"))
                .isEqualTo("{\"namespace\":\"guest\",\"name\":\"p\"}");
        assertThat(others.json().elements()).hasSize(1);
        assertThat(others.json().elements().getFirst().fields().keySet())
                .containsExactly("namespace", "name", "binding", "version", "publish", "annotations", "updated");
        assertThat(others.at("0.binding")).isEqualTo("false");
        assertThat(others.at("0.publish")).isEqualTo("true");
        assertThat(other.get(GUESTS + "packages?count=true").body()).isEqualTo("{\"packages\":1}");
        assertThat(other.get(GUESTS + "packages/p").status()).isEqualTo(200);
        assertThat(other.get(GUESTS + "packages/bound").status()).isEqualTo(403);
        assertThat(guest.get("packages?limit=201").error()).contains("for packages.");
    }

    @Test
    @Tag("R-29")
    @Tag("R-3")
    void theSlashListsTheActionsOfAPackageOrBinding() {
        guest.put("packages/p", "{}");
        guest.putNodeAction("p/a");
        guest.putNodeAction("p/b");
        guest.putNodeAction("outside");
        guest.put("packages/bound", TO_P.formatted(""));

        for (String each : new String[] {"actions/p/", "actions/bound/"}) {
            Reply list = guest.get(each);
            assertThat(list.json().elements()).hasSize(2);
            assertThat(list.at("0.namespace")).isEqualTo("guest/p");
            assertThat(guest.get(each + "?limit=1").json().elements()).hasSize(1);
            assertThat(guest.get(each + "?count=true").body()).isEqualTo("{\"actions\":2}");
        }
        assertThat(guest.get("actions/p").status()).isEqualTo(409);
        assertThat(other.get(GUESTS + "actions/p/").status()).isEqualTo(403);
    }

    @Test
    @Tag("R-83")
    @Tag("R-25")
    @Tag("R-61")
    @Tag("trap-18")
    void parametersAreMergedFromPackageBindingActionAndPayload() {
        guest.put("packages/p", "{\"parameters\":%s}".formatted(four("package")));
        guest.put("packages/bound", TO_P.formatted(",\"parameters\":" + three("binding")));
        guest.put(
                "actions/p/a",
                "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"},\"parameters\":[{\"key\":\"c\",\"value\":\"action\"},"
                        + "{\"key\":\"d\",\"value\":\"action\"}]}");

        Reply reply = guest.post("actions/bound/a?blocking=true&result=true", "{\"d\":\"payload\"}");

        assertThat(reply.at("a")).isEqualTo("package");
        assertThat(reply.at("b")).isEqualTo("binding");
        assertThat(reply.at("c")).isEqualTo("action");
        assertThat(reply.at("d")).isEqualTo("payload");
        Reply shown = guest.get("actions/bound/a?code=false");
        assertThat(shown.at("parameters"))
                .isEqualTo("[{\"key\":\"a\",\"value\":\"package\"},{\"key\":\"b\",\"value\":\"binding\"},"
                        + "{\"key\":\"c\",\"value\":\"action\"},{\"key\":\"d\",\"value\":\"action\"}]");
        assertThat(shown.at("namespace")).isEqualTo("guest/p");
        assertThat(shown.at("binding")).isEqualTo("guest/bound");
    }

    private static String four(String value) {
        return "[{\"key\":\"a\",\"value\":\"%1$s\"},{\"key\":\"b\",\"value\":\"%1$s\"},{\"key\":\"c\",\"value\":\"%1$s\"},"
                        .formatted(value)
                + "{\"key\":\"d\",\"value\":\"%s\"}]".formatted(value);
    }

    private static String three(String value) {
        return "[{\"key\":\"b\",\"value\":\"%1$s\"},{\"key\":\"c\",\"value\":\"%1$s\"}]".formatted(value);
    }

    @Test
    @Tag("A-6")
    void publicPackagesAreReadAndCalledByOthersAndPayedByTheCaller() {
        guest.put("packages/p", "{\"publish\":true}");
        guest.putNodeAction("p/a");
        other.put("packages/mine", "{\"binding\":{\"namespace\":\"guest\",\"name\":\"p\"}}");

        Reply called = other.post("actions/mine/a?blocking=true", "{\"x\":1}");

        assertThat(called.status()).isEqualTo(200);
        assertThat(called.at("namespace")).isEqualTo("other");
        assertThat(other.get(GUESTS + "actions/p/a").status()).isEqualTo(200);
        assertThat(other.delete(GUESTS + "actions/p/a").status()).isEqualTo(403);
        guest.put("packages/p?overwrite=true", "{\"publish\":false}");
        assertThat(other.post("actions/mine/a", "{}").status()).isEqualTo(403);
        assertThat(other.get("packages/mine").status()).isEqualTo(403);
    }

    @Test
    @Tag("R-72")
    void sharedPackagesCanBeForExecutionOnly() {
        var access = new AccessConfig(Duration.ofMillis(200), 1_000, "", true);
        try (var strict = TestPlatform.start(Options.STANDARD.withAccess(access))) {
            Http owner = strict.asGuest();
            Http user = strict.as(TestPlatform.OTHER);
            owner.put("packages/p", "{\"publish\":true}");
            owner.putNodeAction("p/a");
            assertThat(user.put("packages/mine", "{\"binding\":{\"namespace\":\"guest\",\"name\":\"p\"}}")
                            .status())
                    .isEqualTo(200);

            assertThat(user.get(GUESTS + "packages/p").error())
                    .isEqualTo("GET not permitted for 'p' since it's a shared package");
            assertThat(user.get("packages/mine").error())
                    .isEqualTo("GET not permitted since mine is a binding of a shared package");
            assertThat(user.get(GUESTS + "actions/p/a").error())
                    .isEqualTo("GET not permitted for 'guest/p' since it's an action in a shared package");
            assertThat(user.get("actions/mine/a").error())
                    .isEqualTo("GET not permitted for 'other/mine/a'."
                            + " Resource does not exist or is an action in a shared package binding.");
            assertThat(user.get("actions/mine/").status()).isEqualTo(403);
            assertThat(user.post("actions/mine/a?blocking=true", "{}").status()).isEqualTo(200);
            assertThat(owner.get("packages/p").status()).isEqualTo(200);
            assertThat(owner.get("actions/p/a").status()).isEqualTo(200);
        }
    }
}
