package dev.slipway.server;

import dev.slipway.workflows.PayloadKey;
import dev.slipway.workflows.Payloads;
import io.temporal.common.converter.DataConverter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this process says to Temporal is encrypted; without a key it does not start. */
@Configuration(proxyBeanMethods = false)
class PayloadConfiguration {
    private static final KeyFile KEY_FILE = new KeyFile("payload", "All servers and agents use the same key.");

    @Bean
    PayloadKey payloadKey(@Value("${slipway.payload-key-file:}") String file) {
        return KEY_FILE.read(file, PayloadKey::ofBase64);
    }

    @Bean
    DataConverter dataConverter(PayloadKey key) {
        return Payloads.encrypted(key);
    }
}
