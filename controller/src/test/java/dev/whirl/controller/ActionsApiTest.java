package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.controller.Http.Reply;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.limits.NamespaceLimits;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Actions over HTTP: create, read, change, list, delete.
class ActionsApiTest {
    private static final String CODE = "function main(a) { return a }";
    private static final TestPlatform platform = TestPlatform.start();

    private final Http guest = platform.asGuest();

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    @Tag("R-26")
    @Tag("R-61")
    @Tag("R-66")
    @Tag("R-13")
    @Tag("R-64")
    @Tag("trap-17")
    void creatingAnActionAnswersWithAllOfIt() {
        Reply reply = guest.put("actions/create", """
                {"namespace":"ignored","name":"ignored","exec":{"kind":" NodeJS:20 ","code":"%s"},
                 "parameters":[{"key":"a","value":{"b":1}},{"key":"s","value":"x","init":true},{"key":"n","value":null}],
                 "annotations":[{"key":"final","value":true}],"limits":{"memory":128,"timeout":1e3},"publish":true}
                """.formatted(CODE));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("content-type", "application/json");
        assertThat(reply.body().replaceAll("\"updated\":\\d+", "\"updated\":0"))
                .isEqualTo("{\"namespace\":\"guest\",\"name\":\"create\","
                        + "\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"" + CODE + "\",\"binary\":false},"
                        + "\"parameters\":[{\"key\":\"a\",\"value\":{\"b\":1}},"
                        + "{\"key\":\"s\",\"value\":\"x\",\"init\":true},{\"key\":\"n\",\"value\":null}],"
                        + "\"limits\":{\"timeout\":1000,\"memory\":128,\"logs\":10,\"concurrency\":1},"
                        + "\"version\":\"0.0.1\",\"publish\":false,"
                        + "\"annotations\":[{\"key\":\"final\",\"value\":true},"
                        + "{\"key\":\"provide-api-key\",\"value\":false},{\"key\":\"exec\",\"value\":\"nodejs:20\"}],"
                        + "\"updated\":0}");
        assertThat(Long.parseLong(reply.at("updated"))).isGreaterThan(1_600_000_000_000L);
    }

    @Test
    @Tag("R-25")
    void codeIsShownUnlessItIsNotWanted() {
        guest.put("actions/shown", "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"a\\n\\\"ü\\\\€\\u0001\"}}");

        assertThat(guest.get("actions/shown").at("exec.code")).isEqualTo("a\n\"ü\\€\u0001");
        Reply without = guest.get("actions/shown?code=false");
        assertThat(without.at("exec")).isEqualTo("{\"kind\":\"nodejs:20\",\"binary\":false}");
        assertThat(guest.get("actions/shown?code=maybe").error())
                .isEqualTo("The query parameter 'code' was malformed:\n'maybe' is not a valid Boolean value");
    }

    @Test
    @Tag("R-67")
    void anExistingActionIsOnlyOverwrittenOnRequest() {
        guest.putNodeAction("exists");

        Reply again = guest.putNodeAction("exists");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.error()).isEqualTo("resource already exists");
        assertThat(again.at("code")).isEqualTo(again.headers().get("x-request-id"));
        assertThat(guest.get("actions/exists").at("version")).isEqualTo("0.0.1");
    }

    @Test
    @Tag("R-65")
    @Tag("R-13")
    @Tag("trap-7")
    void updatingMergesWhatWasGivenWithWhatWas() {
        guest.put("actions/merge", """
                {"exec":{"kind":"nodejs:20","code":"x"},"parameters":[{"key":"p","value":1}],
                 "annotations":[{"key":"a","value":1},{"key":"b","value":1}],"limits":{"memory":128,"timeout":500}}
                """);

        Reply reply = guest.put("actions/merge?overwrite=true", """
                {"annotations":[{"key":"b","value":2},{"key":"c","value":3}],"delAnnotations":["a","provide-api-key"],
                 "limits":{"memory":256}}
                """);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("version")).isEqualTo("0.0.2");
        assertThat(reply.at("exec.code")).isEqualTo("x");
        assertThat(reply.at("parameters")).isEqualTo("[{\"key\":\"p\",\"value\":1}]");
        assertThat(reply.at("limits")).isEqualTo("{\"timeout\":500,\"memory\":256,\"logs\":10,\"concurrency\":1}");
        assertThat(reply.at("annotations"))
                .isEqualTo("[{\"key\":\"b\",\"value\":2},{\"key\":\"exec\",\"value\":\"nodejs:20\"},"
                        + "{\"key\":\"c\",\"value\":3}]");
    }

    @Test
    @Tag("R-65")
    @Tag("R-13")
    @Tag("trap-7")
    void givenParametersReplaceAllAndAGivenVersionCounts() {
        guest.put(
                "actions/replace",
                "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"},\"parameters\":[{\"key\":\"p\",\"value\":1}],"
                        + "\"version\":\"1.2.3\"}");

        Reply reply = guest.put(
                "actions/replace?overwrite=true",
                "{\"exec\":{\"kind\":\"nodejs:18\",\"code\":\"y\",\"main\":\"other\"},\"parameters\":[]}");

        assertThat(reply.at("version")).isEqualTo("1.2.4");
        assertThat(reply.at("parameters")).isEqualTo("[]");
        assertThat(reply.at("exec"))
                .isEqualTo("{\"kind\":\"nodejs:18\",\"code\":\"y\",\"binary\":false,\"main\":\"other\"}");
        assertThat(reply.at("annotations")).contains("{\"key\":\"exec\",\"value\":\"nodejs:18\"}");
    }

    @ParameterizedTest
    @Tag("R-63")
    @CsvSource({"nodejs:default, nodejs:20", "nodejs:18, nodejs:18", "NODEJS:20, nodejs:20"})
    void theKindThatWasAskedForIsStoredAndOnlyADefaultIsResolved(String asked, String stored) {
        Reply reply = guest.put(
                "actions/kind?overwrite=true", "{\"exec\":{\"kind\":\"" + asked + "\",\"code\":\"function\"}}");

        assertThat(reply.at("exec.kind")).isEqualTo(stored);
    }

    @ParameterizedTest
    @Tag("R-63")
    @CsvSource({"abcd, true", "abc, false", "'ab d', false", "' YWJj\n', true", "YQ==, true", "Y===, false", "'', false"
    })
    void binaryIsWhatLooksLikeBase64WhateverTheClientSays(String code, boolean isBinary) {
        Reply reply = guest.put(
                "actions/binary?overwrite=true",
                "{\"exec\":{\"kind\":\"nodejs:20\",\"binary\":" + !isBinary + ",\"code\":\"" + code.replace("\n", "\\n")
                        + "\"}}");

        assertThat(reply.at("exec.binary")).isEqualTo(Boolean.toString(isBinary));
        assertThat(reply.at("exec.code")).isEqualTo(code);
    }

    @Test
    @Tag("R-63")
    void aBlackboxHasAnImageAndMayHaveCode() {
        Reply bare = guest.put(
                "actions/box", "{\"exec\":{\"kind\":\"blackbox\",\"image\":\"me/my-image:v1\",\"code\":\"  \"}}");
        Reply full = guest.put(
                "actions/box?overwrite=true",
                "{\"exec\":{\"kind\":\"blackbox\",\"image\":\"localhost:5000/a/b\",\"code\":\"abcd\",\"main\":\"m\"}}");

        assertThat(bare.at("exec")).isEqualTo("{\"kind\":\"blackbox\",\"image\":\"me/my-image:v1\",\"binary\":false}");
        assertThat(full.at("exec"))
                .isEqualTo("{\"kind\":\"blackbox\",\"image\":\"localhost:5000/a/b\",\"code\":\"abcd\","
                        + "\"binary\":true,\"main\":\"m\"}");
    }

    @Test
    @Tag("R-63")
    void jarIsAnotherNameForCode() {
        Reply reply =
                guest.put("actions/jar", "{\"exec\":{\"kind\":\"java:default\",\"jar\":\"abcd\",\"main\":\"Hello\"}}");

        assertThat(reply.at("exec"))
                .isEqualTo("{\"kind\":\"java:25\",\"code\":\"abcd\",\"binary\":true,\"main\":\"Hello\"}");
    }

    @Test
    @Tag("R-70")
    void aDeprecatedKindCanBeNeitherWrittenNorInvoked() {
        Reply reply = guest.put("actions/old", "{\"exec\":{\"kind\":\"ruby:2.5\",\"code\":\"x y\"}}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error())
                .isEqualTo("The 'ruby:2.5' runtime is no longer supported. You may read and delete but not update or"
                        + " invoke this action.");
        assertThat(guest.get("actions/old").status()).isEqualTo(404);
    }

    @Test
    @Tag("R-70")
    void aNamespaceMayBeHeldToSomeKinds() {
        var name = new NamespaceName("other");
        platform.stores().subjects().putLimits(name, new NamespaceLimits(null, null, null, Set.of("java:25"), null));
        try {
            Http other = platform.as(TestPlatform.OTHER);
            await().until(() -> other.get("limits").body().contains("allowedKinds"));

            Reply reply = other.putNodeAction("held");

            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.error())
                    .isEqualTo("The supplied authentication is not authorized to access actions of kind 'nodejs:20'.");
        } finally {
            platform.stores().subjects().putLimits(name, NamespaceLimits.NONE);
        }
    }

    @Test
    @Tag("R-24")
    @Tag("R-62")
    @Tag("R-11")
    @Tag("R-3")
    void listsAreNewestFirstAndCanBePaged() {
        Http other = platform.as(TestPlatform.OTHER);
        other.putNodeAction("l1");
        other.putNodeAction("l2");
        other.put("actions/l1?overwrite=true", "{}");

        Reply all = other.get("actions");
        Reply second = other.get("actions/?limit=1&skip=1");

        assertThat(all.at("0.name")).isEqualTo("l1");
        assertThat(all.json().elements()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(second.json().elements()).hasSize(1);
        assertThat(second.at("0").replaceAll("\"updated\":\\d+", "\"updated\":0"))
                .isEqualTo("{\"namespace\":\"other\",\"name\":\"l2\",\"version\":\"0.0.1\",\"publish\":false,"
                        + "\"annotations\":[{\"key\":\"provide-api-key\",\"value\":false},"
                        + "{\"key\":\"exec\",\"value\":\"nodejs:20\"}],"
                        + "\"limits\":{\"timeout\":60000,\"memory\":256,\"logs\":10,\"concurrency\":1},"
                        + "\"exec\":{\"binary\":false},\"updated\":0}");
        assertThat(other.get("actions?count=true").body()).isEqualTo("{\"actions\":2}");
        assertThat(other.get("actions?limit=0").json().elements()).hasSize(2);
        assertThat(other.get("triggers").body()).isEqualTo("[]");
    }

    @ParameterizedTest
    @Tag("R-11")
    @CsvSource({
        "limit=201, limit, The value '201' is not in the range of 0 to 200 for actions.",
        "limit=-1, limit, The value '-1' is not in the range of 0 to 200 for actions.",
        "limit=x, limit, The value 'x' is not an integer for actions.",
        "skip=-1, skip, The value '-1' is not greater than or equal to 0 for actions.",
        "skip=1.5, skip, The value '1.5' is not an integer for actions."
    })
    void badListParametersAreRefused(String query, String name, String sentence) {
        Reply reply = guest.get("actions?" + query);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("The query parameter '" + name + "' was malformed:\n" + sentence);
    }

    @Test
    @Tag("R-28")
    void deletingAnswersWithWhatWasDeleted() {
        guest.putNodeAction("doomed");

        Reply deleted = guest.delete("actions/doomed");

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.at("exec.code")).isEqualTo(CODE);
        assertThat(guest.get("actions/doomed").status()).isEqualTo(404);
        assertThat(guest.delete("actions/doomed").error()).isEqualTo("The requested resource does not exist.");
    }

    @Test
    @Tag("R-86")
    void otherPeoplesActionsAreForbiddenWhetherTheyExistOrNot() {
        guest.putNodeAction("mine");
        Http other = platform.as(TestPlatform.OTHER);

        for (String name : new String[] {"mine", "nothing"}) {
            String path = "/api/v1/namespaces/guest/actions/" + name;
            for (Reply reply : new Reply[] {
                other.get(path), other.delete(path), other.putAt(path), other.post(path + "?blocking=true", "{}")
            }) {
                assertThat(reply.status()).isEqualTo(403);
                assertThat(reply.error())
                        .isEqualTo("The supplied authentication is not authorized to access 'guest/" + name + "'.");
            }
        }
        assertThat(other.get("/api/v1/namespaces/guest/actions").status()).isEqualTo(403);
        assertThat(guest.get("actions/mine").status()).isEqualTo(200);
    }

    @Test
    @Tag("R-86")
    @Tag("R-71")
    @Tag("R-29")
    void packagesAreMissingForTheirOwnerAndForbiddenForStrangers() {
        Http other = platform.as(TestPlatform.OTHER);

        for (String path : new String[] {"pkg/a", "pkg/", "default/a"}) {
            assertThat(guest.get("actions/" + path).error()).isEqualTo("The requested resource does not exist.");
            assertThat(other.get("/api/v1/namespaces/guest/actions/" + path).status())
                    .isEqualTo(403);
        }
        assertThat(guest.putNodeAction("pkg/a").status()).isEqualTo(404);
        assertThat(guest.post("actions/pkg/a", "{}").status()).isEqualTo(404);
        assertThat(guest.delete("actions/pkg/a").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @Tag("R-12")
    @CsvSource({
        "'a%20b', 200",
        "'a%26b', 200",
        "'a@b.c-d', 200",
        "'%20a', 400",
        "'a%20', 400",
        "'-a', 400",
        "'a%2fb', 400",
        "'..', 400",
        "'%2e%2e', 400",
        "'a;b', 400",
        "'%ff', 400",
        "'a%0a', 400",
        "'ä', 400"
    })
    void namesAreCheckedInThePath(String name, int status) {
        String encoded = name.replace("ä", "%C3%A4");

        assertThat(guest.put(
                                "actions/" + encoded + "?overwrite=true",
                                "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"}}")
                        .status())
                .isEqualTo(status);
    }

    @Test
    @Tag("R-12")
    void namesAreNotLongerThan256() {
        assertThat(guest.putNodeAction("a".repeat(256)).status()).isEqualTo(200);
        assertThat(guest.putNodeAction("a".repeat(257)).error())
                .isEqualTo("Name segement longer than allowed: 257 > 256.");
        assertThat(guest.get("/api/v1/namespaces/-x/actions").error())
                .isEqualTo("The namespace contains illegal characters.");
    }

    @Test
    @Tag("R-16")
    void aLostUpdateIsAConflict() throws Exception {
        guest.putNodeAction("raced");
        var id = EntityId.of(new NamespaceName("guest"), new EntityName("raced"));
        var threads = new java.util.ArrayList<Thread>();
        var statuses = new java.util.concurrent.ConcurrentLinkedQueue<Reply>();

        for (int i = 0; i < 8; i++) {
            threads.add(Thread.startVirtualThread(
                    () -> statuses.add(guest.put("actions/raced?overwrite=true", "{\"limits\":{\"memory\":128}}"))));
        }
        for (Thread each : threads) {
            each.join();
        }

        long written = statuses.stream().filter(each -> each.status() == 200).count();
        assertThat(statuses)
                .allMatch(each -> each.status() == 200
                        || (each.status() == 409
                                && each.error().equals("Concurrent modification to resource detected.")));
        assertThat(platform.stores()
                        .entities()
                        .find(id)
                        .orElseThrow()
                        .entity()
                        .version()
                        .patch())
                .isEqualTo((int) written + 1);
    }

    @Test
    @Tag("R-68")
    @Tag("attack-26")
    void annotationsDoNotGrowBeyondTheirMaximumByManyUpdates() {
        String half = "{\"annotations\":[{\"key\":\"%s\",\"value\":\"" + "x".repeat(600 * 1024) + "\"}]%s}";
        guest.putNodeAction("a");

        assertThat(guest.put("actions/a?overwrite=true", half.formatted("one", ""))
                        .status())
                .isEqualTo(200);
        Reply refused = guest.put("actions/a?overwrite=true", half.formatted("two", ""));
        Reply replaced = guest.put("actions/a?overwrite=true", half.formatted("two", ",\"delAnnotations\":[\"one\"]"));

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.error()).startsWith("annotations larger than allowed: ");
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.at("version")).isEqualTo("0.0.3");
    }
}
