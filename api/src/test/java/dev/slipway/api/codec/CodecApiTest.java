package dev.slipway.api.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Api;
import dev.slipway.api.ApiTest;
import dev.slipway.api.ApiTestStack;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ApiTest
class CodecApiTest {
    private static final String PLAIN =
            "{\"payloads\":[{\"metadata\":{\"encoding\":\"anNvbi9wbGFpbg==\"},\"data\":\"InNlY3JldCI=\"}]}";

    @LocalServerPort
    private int port;

    private Api api = Api.asOperator(0);

    @BeforeEach
    void connect() {
        api = Api.asOperator(port);
    }

    @Test
    void encryptsAndDecryptsPayloads() {
        Api.Answer encrypted = api.post("/api/codec/encode", PLAIN).expect(200);
        assertThat(encrypted.text()).doesNotContain("InNlY3JldCI=");

        Api.Answer decrypted = api.post("/api/codec/decode", encrypted.text()).expect(200);

        assertThat(decrypted.text()).isEqualTo(PLAIN);
    }

    @Test
    void refusesWhatItCannotRead() {
        api.post("/api/codec/decode", "{\"payloads\":1}").problem(400, "invalid-input");
        api.post("/api/codec/encode", "{\"payloads\":[{\"data\":5}]}").problem(400, "invalid-input");
        api.post("/api/codec/encode", "{\"payloads\":[{\"metadata\":{\"a\":true}}]}")
                .problem(400, "invalid-input");
        api.post("/api/codec/decode", "{".repeat(5_000)).problem(400, "invalid-input");
        api.post(
                        "/api/codec/decode",
                        "{\"payloads\":[{\"metadata\":{\"encoding\":\"YmluYXJ5L2VuY3J5cHRlZA==\"},\"data\":\"AAAA\"}]}")
                .problem(422, "invalid-input");
    }

    @Test
    void letsOnlyTheTemporalUiCallFromABrowser() {
        Api.Answer allowed = preflight(ApiTestStack.TEMPORAL_UI).expect(200);
        assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo(ApiTestStack.TEMPORAL_UI);
        assertThat(allowed.header("Access-Control-Allow-Headers")).containsIgnoringCase("authorization");

        preflight("https://evil.example").problem(403, "forbidden");
        Api.Answer foreign = post("https://evil.example");
        foreign.problem(403, "forbidden");
        assertThat(foreign.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(post(ApiTestStack.TEMPORAL_UI).expect(200).header("Access-Control-Allow-Origin"))
                .isEqualTo(ApiTestStack.TEMPORAL_UI);
    }

    private Api.Answer preflight(String origin) {
        return api.with(null)
                .send(
                        "/api/codec/decode",
                        request -> request.header("Origin", origin)
                                .header("Access-Control-Request-Method", "POST")
                                .header("Access-Control-Request-Headers", "authorization,content-type,x-namespace")
                                .method("OPTIONS", BodyPublishers.noBody()));
    }

    private Api.Answer post(String origin) {
        return api.send(
                "/api/codec/decode",
                request -> request.header("Origin", origin)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(PLAIN)));
    }
}
