package dev.whirl.store.couchdb;

import static dev.whirl.store.Examples.GUEST;
import static dev.whirl.store.Examples.NOON;
import static dev.whirl.store.Examples.action;
import static dev.whirl.store.Examples.id;
import static dev.whirl.store.Examples.rule;
import static dev.whirl.store.Examples.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationSummary;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionPackage;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Rule;
import dev.whirl.model.entity.Trigger;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.Activations;
import dev.whirl.store.Entities.Query;
import dev.whirl.store.Entities.Stored;
import dev.whirl.store.Examples;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import dev.whirl.store.couchdb.CouchDesign.Replace;
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Documents as OpenWhisk writes them are served, and what is written has the form that it reads.
@Tag("I-47")
class OpenWhiskDocumentsTest {
    private static final String SOURCE = "function main(args) { return args }";
    private static final byte[] ARCHIVE = {'P', 'K', 3, 4, 0, 1, 2, (byte) 200};

    private final CouchStoreConfig config = CouchUnderTest.fresh();
    private CouchStores stores;

    @BeforeEach
    void open() {
        CouchDesign.init(config, new SimpleMeterRegistry(), Replace.NEEDED);
        stores = reopened();
    }

    private CouchStores reopened() {
        return CouchStores.open(config, new SimpleMeterRegistry(), new MemoryStores().journal());
    }

    @AfterEach
    void close() {
        stores.close();
        CouchUnderTest.drop(config);
    }

    @Test
    @Tag("I-48")
    void codeInTheNameOfAnAttachmentIsRead() throws Exception {
        String code = Base64.getUrlEncoder().encodeToString(SOURCE.getBytes(StandardCharsets.UTF_8));
        write("whisks", "guest/hello", """
                {"name":"hello","namespace":"guest","entityType":"action","version":"0.0.3","publish":false,
                 "updated":1700000000000,"parameters":[{"key":"place","value":"Paris"}],
                 "annotations":[{"key":"exec","value":"nodejs:20"}],
                 "limits":{"timeout":60000,"memory":256,"logs":10,"concurrency":1},
                 "exec":{"kind":"nodejs:20","binary":false,"code":{"attachmentName":"mem:%s",
                   "attachmentType":"text/plain; charset=UTF-8","length":35,"digest":"sha256-%s"}}}
                """.formatted(code, CodeBytes.sha256(SOURCE.getBytes(StandardCharsets.UTF_8))));

        Action action = find("hello", Action.class);

        assertThat(action.exec().kind()).isEqualTo("nodejs:20");
        assertThat(action.version()).hasToString("0.0.3");
        assertThat(action.parameters().list())
                .singleElement()
                .satisfies(each -> assertThat(each.value()).isEqualTo(RawJson.string("Paris")));
        assertThat(text(action)).isEqualTo(SOURCE);
        assertThat(stores.entities().list(new Query(GUEST, Collection.ACTIONS, null, 0, 30)))
                .containsExactly(action);
    }

    @Test
    @Tag("I-48")
    void anArchiveInAnAttachmentIsReadAndStaysWhenTheActionIsChanged() throws Exception {
        write("whisks", "guest/tools/zip", """
                {"name":"zip","namespace":"guest/tools","entityType":"action","version":"0.0.1","publish":false,
                 "updated":1700000000000,"parameters":[],"annotations":[],"limits":{"timeout":60000,"memory":256},
                 "exec":{"kind":"python:3","binary":true,"main":"start","code":{
                   "attachmentName":"couch:0a1b2c3d-0000-4000-8000-000000000001",
                   "attachmentType":"application/octet-stream"}},
                 "_attachments":{"0a1b2c3d-0000-4000-8000-000000000001":{
                   "content_type":"application/octet-stream","data":"%s"}}}
                """.formatted(Base64.getEncoder().encodeToString(ARCHIVE)));
        Stored stored = stores.entities().find(id("tools", "zip")).orElseThrow();
        Action action = (Action) stored.entity();
        CodeRef ref = action.exec().codeRef().orElseThrow();

        var changed = new Action(
                action.id(),
                action.exec(),
                action.parameters(),
                action.limits(),
                action.version(),
                action.annotations(),
                NOON);
        stores.entities().put(changed, stored.revision());

        assertThat(ref.isBinary()).isTrue();
        assertThat(ref.sizeBytes()).isEqualTo(12);
        assertThat(action.exec().entryPoint()).contains("start");
        stores.close();
        stores = reopened();
        Action again = (Action)
                stores.entities().find(id("tools", "zip")).orElseThrow().entity();
        assertThat(again).isEqualTo(changed);
        assertThat(stores.code().get(ref)).isEqualTo(Base64.getEncoder().encode(ARCHIVE));
        assertThat(read("whisks", "guest/tools/zip")
                        .field("_attachments")
                        .orElseThrow()
                        .fields())
                .containsOnlyKeys("0a1b2c3d-0000-4000-8000-000000000001");
    }

    @Test
    @Tag("attack-16")
    void codeThatHasAnotherDigestThanItsDocumentSaysIsDamaged() throws Exception {
        write("whisks", "guest/bad", """
                {"name":"bad","namespace":"guest","entityType":"action","version":"0.0.1","publish":false,
                 "updated":1,"parameters":[],"annotations":[],"limits":{},
                 "exec":{"kind":"python:3","binary":false,"code":{"attachmentName":"couch:one",
                   "attachmentType":"text/plain; charset=UTF-8","length":5,"digest":"sha256-%s"}},
                 "_attachments":{"one":{"content_type":"text/plain","data":"aGVsbG8="}}}
                """.formatted("ab".repeat(32)));

        Action action = find("bad", Action.class);

        assertThatThrownBy(() -> text(action))
                .isInstanceOf(StoreException.Corrupted.class)
                .hasMessageContaining("guest/bad")
                .hasMessageContaining("digest");
    }

    @Test
    void oldDocumentsWithCodeAsTextAndWithoutTypesAreRead() throws Exception {
        write("whisks", "guest/old", """
                {"name":"old","namespace":"guest","version":"0.0.1","publish":false,"parameters":[],"annotations":[],
                 "limits":{"timeout":60000,"memory":256},"exec":{"kind":"nodejs:6","code":"%s"}}
                """.formatted(SOURCE));
        write("whisks", "guest/steps", """
                {"name":"steps","namespace":"guest","version":"0.0.1","publish":false,"parameters":[],"annotations":[],
                 "updated":5,"limits":{"timeout":60000,"memory":256,"logs":10},
                 "exec":{"kind":"sequence","components":["/guest/old","/whisk.system/utils/cat"]}}
                """);
        write("whisks", "guest/own", """
                {"name":"own","namespace":"guest","version":"0.0.1","publish":false,"parameters":[],"annotations":[],
                 "updated":5,"limits":{"timeout":60000,"memory":256,"logs":10},
                 "exec":{"kind":"blackbox","image":"me/mine","binary":false}}
                """);

        assertThat(text(find("old", Action.class))).isEqualTo(SOURCE);
        assertThat(find("steps", Action.class).exec())
                .isEqualTo(new Exec.Sequence(List.of(
                        id("old"),
                        new EntityId(
                                new NamespaceName("whisk.system"), new EntityName("utils"), new EntityName("cat")))));
        assertThat(find("own", Action.class).exec()).isEqualTo(new Exec.Blackbox("me/mine", null, null));
    }

    @Test
    void packagesBindingsTriggersAndRulesAreRead() throws Exception {
        write("whisks", "guest/bound", """
                {"name":"bound","namespace":"guest","entityType":"package","version":"0.0.1","publish":false,
                 "updated":1,"parameters":[],"annotations":[],
                 "binding":{"name":"utils","namespace":"whisk.system"}}
                """);
        write("whisks", "guest/plain", """
                {"name":"plain","namespace":"guest","entityType":"package","version":"0.0.1","publish":true,
                 "updated":2,"parameters":[],"annotations":[],"binding":{}}
                """);
        write("whisks", "guest/often", """
                {"name":"often","namespace":"guest","entityType":"trigger","version":"0.0.1","publish":false,
                 "updated":3,"parameters":[],"annotations":[],"limits":{},"rules":{"guest/first":{
                   "action":{"path":"guest/tools","name":"zip"},"status":"inactive"}}}
                """);
        write("whisks", "guest/first", """
                {"name":"first","namespace":"guest","entityType":"rule","version":"0.0.1","publish":false,
                 "updated":4,"annotations":[],"trigger":{"path":"guest","name":"often"},
                 "action":{"path":"guest/tools","name":"zip"}}
                """);

        ActionPackage bound = find("bound", ActionPackage.class);
        Trigger often = find("often", Trigger.class);

        assertThat(bound.binding()).isEqualTo(EntityId.of(new NamespaceName("whisk.system"), new EntityName("utils")));
        assertThat(often.rules()).containsEntry(id("first"), new Trigger.Link(id("tools", "zip"), false));
        assertThat(find("first", Rule.class).trigger()).isEqualTo(id("often"));
        assertThat(stores.entities().ids(Query.publicPackages(GUEST, 0, 30))).containsExactly(id("plain"));
        assertThat(stores.entities().count(new Query(GUEST, Collection.RULES, null, 0, 0)))
                .isEqualTo(1);
    }

    @Test
    @Tag("A-1")
    @Tag("A-2")
    @Tag("A-3")
    void subjectsWithTheirKeysAndLimitsAreRead() throws Exception {
        write("subjects", "guest", """
                {"subject":"guest","namespaces":[
                  {"name":"guest","uuid":"23bc46b1-71f6-4ed5-8c54-816aa4f8c502","key":"123zO3xZCLrMN6v2BKK1dXYFpXlPk"},
                  {"name":"second","uuid":"33bc46b1-71f6-4ed5-8c54-816aa4f8c502","key":"456zO3xZCLrMN6v2BKK1dXYFpXlPk"}]}
                """);
        write("subjects", "second/limits", """
                {"concurrentInvocations":7,"invocationsPerMinute":90,"allowedKinds":["nodejs:20"]}
                """);

        assertThat(stores.subjects().byKey("33bc46b1-71f6-4ed5-8c54-816aa4f8c502"))
                .hasValueSatisfying(identity -> {
                    assertThat(identity.subject()).isEqualTo("guest");
                    assertThat(identity.namespace().name()).isEqualTo(new NamespaceName("second"));
                    assertThat(identity.key().secret()).isEqualTo("456zO3xZCLrMN6v2BKK1dXYFpXlPk");
                    assertThat(identity.limits().concurrentInvocations()).isEqualTo(7);
                });
        assertThat(stores.subjects().byNamespace(GUEST)).map(Identity::subject).contains("guest");
        assertThat(stores.subjects().list()).hasSize(1);
        assertThat(stores.subjects().allLimits()).containsOnlyKeys(new NamespaceName("second"));
    }

    @Test
    @Tag("R-131")
    void recordsOfActionsAndTriggersAreRead() throws Exception {
        ActivationId run = ActivationId.random();
        ActivationId firing = ActivationId.random();
        write("activations", "guest/" + run, """
                {"namespace":"guest","name":"zip","subject":"guest","activationId":"%s","start":1700000000000,
                 "end":1700000000015,"duration":12,"version":"0.0.1","publish":false,"updated":1700000000016,
                 "entityType":"activation","response":{"statusCode":1,"result":{"error":"no"}},
                 "logs":["2023-11-14T22:13:20.000000000Z stdout: hi"],
                 "annotations":[{"key":"path","value":"guest/tools/zip"},{"key":"kind","value":"python:3"}]}
                """.formatted(run));
        write("activations", "guest/" + firing, """
                {"namespace":"guest","name":"often","subject":"guest","activationId":"%s","start":1700000000001,
                 "end":0,"version":"0.0.1","publish":false,"updated":1,"entityType":"activation",
                 "response":{"statusCode":0,"result":{}},"logs":[],"annotations":[]}
                """.formatted(firing));

        var found = stores.activations().find(GUEST, run).orElseThrow();
        var all = new Activations.Query(GUEST, null, null, null, null, 0, 30);
        var packed = new Activations.Query(GUEST, new EntityName("tools"), new EntityName("zip"), null, null, 0, 30);

        assertThat(found.response().status().code()).isEqualTo(1);
        assertThat(found.logs()).hasSize(1);
        assertThat(stores.activations().find(GUEST, firing).orElseThrow().end()).isNull();
        assertThat(stores.activations().list(all))
                .containsExactly(
                        stores.activations().find(GUEST, firing).orElseThrow().summary(), found.summary());
        assertThat(stores.activations().list(packed))
                .extracting(ActivationSummary::id)
                .containsExactly(run);
    }

    @Test
    @Tag("I-48")
    void whatIsWrittenHasTheFormThatOpenWhiskReads() throws Exception {
        CodeRef small = stores.code().put(SOURCE.getBytes(StandardCharsets.UTF_8), false);
        CodeRef large = stores.code().put(Base64.getEncoder().encode(new byte[20_000]), true);
        stores.entities().put(action(id("small"), small, NOON), null);
        stores.entities().put(action(id("large"), large, NOON), null);
        stores.entities().put(trigger("often", NOON).withRule(id("first"), new Trigger.Link(id("small"), true)), null);
        stores.entities().put(rule("first", id("often"), id("small"), NOON), null);
        stores.activations().record(Examples.record("small", NOON));
        stores.activations().flush();

        RawJson exec = read("whisks", "guest/small").field("exec").orElseThrow();
        RawJson largeDocument = read("whisks", "guest/large");
        RawJson largeCode =
                largeDocument.field("exec").orElseThrow().field("code").orElseThrow();
        String attachment =
                largeCode.field("attachmentName").flatMap(RawJson::asText).orElseThrow();

        assertThat(exec.toString())
                .contains("\"attachmentName\":\"mem:"
                        + Base64.getUrlEncoder().encodeToString(SOURCE.getBytes(StandardCharsets.UTF_8)) + "\"")
                .contains("\"attachmentType\":\"text/plain; charset=UTF-8\"", "\"binary\":false");
        assertThat(attachment).startsWith("couch:");
        assertThat(largeCode.field("attachmentType")).contains(RawJson.string("application/octet-stream"));
        assertThat(largeDocument.field("_attachments").orElseThrow().fields())
                .containsOnlyKeys(attachment.substring("couch:".length()));
        assertThat(read("whisks", "guest/often").field("limits")).contains(RawJson.EMPTY_OBJECT);
        assertThat(read("whisks", "guest/first").field("trigger").map(RawJson::compact))
                .contains(RawJson.parse("{\"path\":\"guest\",\"name\":\"often\"}"));
        stores.close();
        stores = reopened();
        assertThat(text(find("small", Action.class))).isEqualTo(SOURCE);
        assertThat(find("large", Action.class).exec().codeRef()).contains(large);
        assertThat(Base64.getDecoder().decode(stores.code().get(large))).isEqualTo(new byte[20_000]);
    }

    @Test
    @Tag("R-16")
    void aDocumentThatCanNotBeReadIsNamedLeftOutOfListsAndCanBeDeleted() throws Exception {
        write("whisks", "guest/torn", """
                {"name":"torn","namespace":"guest","entityType":"action","updated":1,"exec":{"kind":"nodejs:20"}}
                """);
        stores.entities().put(action("whole", NOON), null);

        assertThatThrownBy(() -> stores.entities().find(id("torn")))
                .isInstanceOf(StoreException.Corrupted.class)
                .hasMessageContaining("guest/torn");

        assertThat(stores.entities().list(new Query(GUEST, Collection.ACTIONS, null, 0, 30)))
                .containsExactly(action("whole", NOON));
        Revision revision = stores.entities().head(id("torn")).orElseThrow().revision();
        stores.entities().delete(id("torn"), revision);
        assertThat(stores.entities().head(id("torn"))).isEmpty();
    }

    @Test
    void namesThatCouchKeepsForItselfAreNeitherReadNorWritten() {
        var own = EntityId.of(new NamespaceName("_design"), new EntityName("whisks.v2.1.0"));

        assertThat(stores.entities().find(own)).isEmpty();
        assertThatThrownBy(() -> stores.entities().put(action(own, Examples.CODE, NOON), null))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("_design");
    }

    private <T> T find(String name, Class<T> type) {
        return type.cast(stores.entities().find(id(name)).orElseThrow().entity());
    }

    private String text(Action action) {
        return new String(stores.code().get(action.exec().codeRef().orElseThrow()), StandardCharsets.UTF_8);
    }

    private void write(String database, String id, String document) throws MalformedJsonException {
        String path = config.prefix() + database + "/" + Call.encoded(id);
        Reply reply = CouchUnderTest.ask(config, Call.harmless("PUT", path, RawJson.parse(document)));
        assertThat(reply.status()).isEqualTo(201);
    }

    private RawJson read(String database, String id) {
        return CouchUnderTest.ask(config, Call.get(config.prefix() + database + "/" + Call.encoded(id)))
                .json();
    }
}
