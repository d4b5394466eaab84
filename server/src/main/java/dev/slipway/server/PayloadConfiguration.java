package dev.slipway.server;

import dev.slipway.core.failure.SlipwayException;
import dev.slipway.workflows.PayloadKey;
import dev.slipway.workflows.Payloads;
import io.temporal.common.converter.DataConverter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this process says to Temporal is encrypted; without a key it does not start. */
@Configuration(proxyBeanMethods = false)
class PayloadConfiguration {
    @Bean
    PayloadKey payloadKey(@Value("${slipway.payload-key-file:}") String file) {
        String hint = "Make one with: openssl rand -base64 32 > FILE && chmod 600 FILE, the same for every server and"
                + " agent, and set SLIPWAY_PAYLOAD_KEY_FILE.";
        if (file.isBlank()) {
            throw new StartupException("slipway.payload-key-file is not set", hint);
        }
        try {
            return PayloadKey.ofBase64(Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new StartupException("The payload key file " + file + " cannot be read", hint);
        } catch (SlipwayException e) {
            throw new StartupException(file + " holds no payload key: the Base64 of 32 bytes", hint);
        }
    }

    @Bean
    DataConverter dataConverter(PayloadKey key) {
        return Payloads.encrypted(key);
    }
}
