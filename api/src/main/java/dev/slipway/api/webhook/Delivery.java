package dev.slipway.api.webhook;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** What was sent to a webhook, byte for byte. Its signature tells by whom. */
final class Delivery {
    private final HttpHeaders headers;
    private final byte[] body;

    Delivery(HttpHeaders headers, byte[] body) {
        this.headers = headers;
        this.body = body;
    }

    @Nullable
    String header(String name) {
        return headers.getFirst(name);
    }

    byte[] body() {
        return body;
    }
}
