package dev.whirl.e2e.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.model.Messages;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// One namespace against another: `whisk.system` has something, the guest wants it.
class OtherTenantsTest {
    private static final Api GUEST = SharedServer.guest();
    private static final Api OWNER = SharedServer.system();
    private static final String THEIRS = "/api/v1/namespaces/whisk.system";

    /// A package of the owner's with one action, bound by the guest while it was public, then closed.
    private static String closedPackage(String binding) {
        String pkg = Names.unique("shop");
        OWNER.put(
                        Api.OWN + "/packages/" + pkg,
                        "{\"publish\":true,\"parameters\":[{\"key\":\"secret\",\"value\":\"s3cret\"}]}")
                .expect(200);
        OWNER.create(pkg + "/echo", Code.NODE, Code.NODE_ECHO);
        GUEST.put(Api.OWN + "/packages/" + binding, bindingTo(pkg)).expect(200);
        GUEST.result(binding + "/echo", "{}").expect(200);
        OWNER.put(Api.OWN + "/packages/" + pkg + "?overwrite=true", "{\"publish\":false}")
                .expect(200);
        return pkg;
    }

    private static String bindingTo(String pkg) {
        return "{\"binding\":{\"namespace\":\"whisk.system\",\"name\":\"" + pkg + "\"}}";
    }

    @Test
    @Tag("attack-14")
    @Tag("A-6")
    void aBindingGivesNoRightsThatItsPackageDoesNotGive() {
        String binding = Names.unique("bound");
        String pkg = closedPackage(binding);
        String sequence = "{\"exec\":{\"kind\":\"sequence\",\"components\":[\"/_/" + binding + "/echo\"]}}";

        List<Answer> answers = List.of(
                GUEST.get(Api.action(binding + "/echo")),
                GUEST.invoke(binding + "/echo", "{}"),
                GUEST.get(Api.OWN + "/packages/" + binding),
                GUEST.get(THEIRS + "/packages/" + pkg),
                GUEST.post(THEIRS + "/actions/" + pkg + "/echo?blocking=true", "{}"),
                GUEST.put(Api.OWN + "/packages/" + Names.unique("again"), bindingTo(pkg)),
                GUEST.put(Api.action(Names.unique("steps")), sequence));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("s3cret");
        });
    }

    @Test
    @Tag("attack-14")
    @Tag("R-71")
    void nothingIsWrittenThroughABinding() {
        String binding = Names.unique("bound");
        String pkg = Names.unique("shop");
        OWNER.put(Api.OWN + "/packages/" + pkg, "{\"publish\":true}").expect(200);
        OWNER.create(pkg + "/echo", Code.NODE, Code.NODE_ECHO);
        GUEST.put(Api.OWN + "/packages/" + binding, bindingTo(pkg)).expect(200);
        String body = "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"function main() { return {mine: true}; }\"}}";

        GUEST.put(Api.action(binding + "/echo") + "?overwrite=true", body).expectError(400, Messages.NOT_ON_BINDING);
        GUEST.delete(Api.action(binding + "/echo")).expectError(400, Messages.NOT_ON_BINDING);
        assertThat(GUEST.put(THEIRS + "/actions/" + pkg + "/echo?overwrite=true", body)
                        .status())
                .isEqualTo(403);
        assertThat(GUEST.delete(THEIRS + "/packages/" + pkg + "?force=true").status())
                .isEqualTo(403);
        assertThat(OWNER.result(pkg + "/echo", "{\"a\":1}").expect(200).body()).isEqualTo("{\"a\":1}");
    }

    @Test
    @Tag("attack-13")
    void knowingTheIdOfAnActivationOpensNothing() {
        String name = OWNER.stored(Code.NODE, Code.NODE_ECHO, "");
        String id = OWNER.invoke(name, "{\"secret\":\"s3cret\"}").expect(200).text("activationId");
        OWNER.record(id);

        for (String part : List.of("", "/logs", "/result")) {
            Answer own = GUEST.get(Api.activation(id) + part);
            Answer theirs = GUEST.get(THEIRS + "/activations/" + id + part);

            assertThat(own.expect(404).body()).doesNotContain("s3cret");
            assertThat(theirs.expect(403).body()).doesNotContain("s3cret");
        }
        assertThat(GUEST.get(THEIRS + "/activations").status()).isEqualTo(403);
    }

    @Test
    @Tag("attack-34")
    void aWebActionThatWantsAKeyTakesNoOther() {
        String secret = ",\"annotations\":[{\"key\":\"web-export\",\"value\":true},"
                + "{\"key\":\"require-whisk-auth\",\"value\":\"s3cret\"}]";
        String path = "/api/v1/web/guest/default/" + GUEST.stored(Code.NODE, Code.node("return {body: 'in'};"), secret);
        Api anybody = SharedServer.anonymous();

        anybody.get(path).expect(401);
        anybody.get(path + "?require-whisk-auth=s3cret&__ow_user=guest").expect(401);
        GUEST.get(path).expect(401);
        for (String wrong : List.of("", "s3cre", "s3cret1", "S3CRET", "s3cret, s3cret")) {
            anybody.send(anybody.request(path)
                            .header("X-Require-Whisk-Auth", wrong)
                            .GET())
                    .expect(401);
        }
        anybody.send(anybody.request(path)
                        .header("X-Require-Whisk-Auth", "s3cret")
                        .GET())
                .expect(200);
    }

    @Test
    @Tag("attack-33")
    void aCallerOfAWebActionCannotPretendOrOverride() {
        String fixed = ",\"parameters\":[{\"key\":\"price\",\"value\":100}],"
                + "\"annotations\":[{\"key\":\"web-export\",\"value\":true},{\"key\":\"final\",\"value\":true}]";
        String name = GUEST.stored(Code.NODE, Code.node("return {body: args};"), fixed);
        String path = "/api/v1/web/guest/default/" + name;
        Api anybody = SharedServer.anonymous();

        anybody.get(path + "?price=1").expectError(400, Messages.PARAMETERS_NOT_ALLOWED);
        anybody.post(path, "{\"price\":1}").expectError(400, Messages.PARAMETERS_NOT_ALLOWED);
        anybody.get(path + "?__ow_user=whisk.system").expectError(400, Messages.PARAMETERS_NOT_ALLOWED);
        anybody.post(path, "{\"__ow_headers\":{}}").expectError(400, Messages.PARAMETERS_NOT_ALLOWED);
        Answer fine = anybody.get(path + "/..%2f..%2fetc/x?free=1").expect(200);
        assertThat(fine.number("price")).isEqualTo(100);
        assertThat(fine.find("__ow_user")).isEmpty();
    }

    @Test
    @Tag("attack-42")
    void operatorsRoutesAreNotForUsers() {
        for (String path : List.of("/metrics", "/activation", "/activation/count")) {
            assertThat(GUEST.get(path).status()).as(path).isIn(401, 403, 404);
            assertThat(SharedServer.anonymous().get(path).status()).as(path).isIn(401, 403, 404);
        }
        for (String path : List.of("/disable", "/enable")) {
            for (Api caller : List.of(GUEST, SharedServer.anonymous(), GUEST.with(Api.basic("controller.user:x")))) {
                assertThat(caller.post(path).status()).as(path).isIn(401, 403, 404);
            }
        }
        GUEST.get("/ping").expect(200);
    }
}
