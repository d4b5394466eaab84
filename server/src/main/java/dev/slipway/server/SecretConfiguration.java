package dev.slipway.server;

import dev.slipway.core.secret.MasterKey;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Secrets are stored encrypted; without a key this process does not start. */
@Configuration(proxyBeanMethods = false)
class SecretConfiguration {
    private static final KeyFile KEY_FILE = new KeyFile(
            "secret", "All servers use the same key. Secrets that were stored with another key cannot be read.");

    @Bean
    MasterKey masterKey(@Value("${slipway.secret-key-file:}") String file) {
        return KEY_FILE.read(file, MasterKey::ofBase64);
    }
}
