package dev.whirl.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.e2e.support.Waiting;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GatewayRoleTest {
    private static final String WEB = ",\"annotations\":[{\"key\":\"web-export\",\"value\":true}]";

    @Test
    @Tag("G-1")
    @Tag("G-2")
    @Tag("G-5")
    void apisAreManagedAndServedAndOutliveRedis() {
        String action = SharedServer.guest()
                .stored(Code.NODE, Code.node("return { body: { name: args.name, path: args.__ow_path } }"), WEB);
        try (var gateway = new GatewayProcess(SharedServer.get())) {
            String document = """
                    {"swagger":"2.0","basePath":"/shop","info":{"title":"Shop"},"paths":{"/a/{id}":{"post":{}}},
                     "x-gateway-configuration":{"assembly":{"execute":[{"invoke":{
                       "target-url":"https://anywhere/api/v1/web/guest/default/%s.http$(request.path)","verb":"keep"}}]}}}""".formatted(action);

            gateway.caller().post("/v2/tenant/apis", document).expect(401);
            Answer created =
                    gateway.operator().post("/v2/tenant/apis", document).expect(200);
            assertThat(created.text("managed_url")).isEqualTo("https://apis.example.com/api/tenant/shop");
            Answer answer = call(gateway).expect(200);
            assertThat(answer.text("name")).isEqualTo("Ada");
            assertThat(answer.text("path")).isEqualTo("/a/7");

            gateway.stopRedis();
            call(gateway).expect(200);
            gateway.caller().get("/health").expect(200);
            assertThat(gateway.caller().get("/ready").expect(200).body()).isEqualTo("ready");
            assertThat(gateway.caller().get("/ping").expect(200).body()).isEqualTo("pong");
            gateway.caller().get("/metrics").expect(401);
            assertThat(gateway.operator()
                            .post("/v2/tenant/apis", document.replace("/shop", "/b"))
                            .expect(503)
                            .text("message"))
                    .contains("does not answer");
            gateway.startRedis(); // empty, and the truth
            Waiting.until(Duration.ofSeconds(20), () -> call(gateway), each -> each.status() == 404);
            assertThat(gateway.operator().get("/metrics").expect(200).body()).contains("whirl_gateway_requests_total");
        }
    }

    private static Answer call(GatewayProcess gateway) {
        return gateway.caller().post("/api/tenant/shop/a/7", "{\"name\":\"Ada\"}");
    }
}
