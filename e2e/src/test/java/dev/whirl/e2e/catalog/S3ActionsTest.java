package dev.whirl.e2e.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.S3Server;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.model.json.RawJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The package `s3` with a server that checks signatures.
class S3ActionsTest {
    private static S3Server server;

    private final Api guest = SharedServer.guest();
    private final String folder = Names.unique("in");

    @BeforeAll
    static void start() {
        server = new S3Server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void objectsAreWrittenReadToldOfAndDeleted() {
        String key = folder + "/a.txt";
        Answer put = call("put", key, ",\"content\":\"Grüße\",\"metadata\":{\"by\":\"Ada\"}")
                .expect(200);
        assertThat(put.number("size")).isEqualTo(7);

        Answer read = call("get", key, "").expect(200);
        assertThat(read.text("content")).isEqualTo("Grüße");
        assertThat(read.text("contentType")).isEqualTo("text/plain; charset=utf-8");
        assertThat(read.text("metadata", "by")).isEqualTo("Ada");
        assertThat(read.text("etag")).isEqualTo(put.text("etag"));
        Answer told = call("head", key, "").expect(200);
        assertThat(told.number("size")).isEqualTo(7);
        assertThat(told.json().field("content")).isEmpty();

        call("put", key, ",\"base64\":\"/wA=\"").expect(200);
        assertThat(call("get", key, "").expect(200).text("base64")).isEqualTo("/wA=");
        call("put", key, ",\"content\":{\"n\":7}").expect(200);
        assertThat(call("get", key, "").expect(200).text("content")).isEqualTo("{\"n\":7}");

        call("delete", key, "").expect(200);
        assertThat(call("get", key, "").expect(502).body())
                .contains("photos/%s: the server answered 404 NoSuchKey".formatted(key));
    }

    @Test
    void metadataMayHaveAnyLettersAndTravelsInAscii() {
        String key = folder + "/a.txt";
        String longer = "日本語".repeat(50);
        call(
                        "put",
                        key,
                        ",\"content\":\"x\",\"metadata\":{\"by\":\"Grüße\",\"of\":\"%s\",\"odd\":\"=?x?=\"}"
                                .formatted(longer))
                .expect(200);

        Answer told = call("head", key, "").expect(200);
        assertThat(told.text("metadata", "by")).isEqualTo("Grüße");
        assertThat(told.text("metadata", "of")).isEqualTo(longer);
        assertThat(told.text("metadata", "odd")).isEqualTo("=?x?=");
        assertThat(server.metadata(key))
                .as("as the server has it")
                .contains("=?UTF-8?B?R3LDvMOfZQ==?=")
                .matches("(?s)\\p{ASCII}*");
    }

    @Test
    void keysMayHaveAnyCharacters() {
        for (String name : List.of("a b+c.txt", "ü&=?#%.txt", "(x)!'*~.txt")) {
            String key = folder + "/" + name;
            call("put", key, ",\"content\":\"x\"").expect(200);

            assertThat(call("get", key, "").expect(200).text("content")).as(key).isEqualTo("x");
            assertThat(keys(call("list", "", ",\"prefix\":%s".formatted(RawJson.string(key)))))
                    .containsExactly(key);
        }
    }

    @Test
    void listsComeInPagesAndByFolders() {
        for (String name : List.of("1", "2", "deep/3")) {
            call("put", folder + "/" + name, ",\"content\":\"x\"").expect(200);
        }
        String prefix = ",\"prefix\":\"%s/\"".formatted(folder);

        Answer first = call("list", "", prefix + ",\"limit\":2").expect(200);
        Answer second = call("list", "", prefix + ",\"limit\":2,\"next\":\"%s\"".formatted(first.text("next")));
        Answer byFolder = call("list", "", prefix + ",\"delimiter\":\"/\"").expect(200);

        assertThat(keys(first)).containsExactly(folder + "/1", folder + "/2");
        assertThat(keys(second)).containsExactly(folder + "/deep/3");
        assertThat(second.json().field("next")).isEmpty();
        assertThat(keys(byFolder)).hasSize(2);
        assertThat(byFolder.at("prefixes").toString()).isEqualTo("[\"%s/deep/\"]".formatted(folder));
    }

    @Test
    void anAddressThatWasSignedWorksForAnybodyAndForThatObjectOnly() throws Exception {
        String key = folder + "/b c.txt";
        String put = call("presign", key, ",\"method\":\"PUT\"").expect(200).text("url");
        assertThat(send(HttpRequest.newBuilder(URI.create(put)).PUT(HttpRequest.BodyPublishers.ofString("hi"))))
                .startsWith("200");

        String get = call("presign", key, ",\"expires\":60").expect(200).text("url");

        assertThat(send(HttpRequest.newBuilder(URI.create(get)))).isEqualTo("200 hi");
        assertThat(send(HttpRequest.newBuilder(URI.create(get.replace("b%20c", "other")))))
                .startsWith("403");
    }

    @Test
    void aWrongKeyIsRefusedAndNotTold() {
        Answer answer = guest.post(address("get"), """
                {"endpoint":"%s","bucket":"photos","key":"k","accessKeyId":"S3RVER","secretAccessKey":"wrong-one"}""".formatted(server.address()));

        assertThat(answer.expect(502).body())
                .contains("the server answered 403 SignatureDoesNotMatch")
                .doesNotContain("wrong-one");
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var answer = client.send(request.build(), BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        }
    }

    private static List<String> keys(Answer list) {
        return list.expect(200).at("objects").elements().stream()
                .map(each -> each.field("key").flatMap(RawJson::asText).orElseThrow())
                .toList();
    }

    private static String address(String action) {
        return "/api/v1/namespaces/whisk.system/actions/s3/%s?blocking=true&result=true".formatted(action);
    }

    /// What an action answers, an error too.
    private Answer call(String action, String key, String more) {
        return guest.post(
                address(action),
                "{\"endpoint\":\"%s\",\"bucket\":\"photos\",\"accessKeyId\":\"%s\",\"secretAccessKey\":\"%s\",\"key\":%s%s}"
                        .formatted(server.address(), S3Server.KEY_ID, S3Server.SECRET, RawJson.string(key), more));
    }
}
