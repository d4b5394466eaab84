package dev.slipway.server;

import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.secret.MasterKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Secrets are stored encrypted; without a key this process does not start. */
@Configuration(proxyBeanMethods = false)
class SecretConfiguration {
    @Bean
    MasterKey masterKey(@Value("${slipway.secret-key-file:}") String file) {
        String hint =
                "Make one with: openssl rand -base64 32 > FILE && chmod 600 FILE, the same for every server, and set"
                        + " SLIPWAY_SECRET_KEY_FILE. What was stored with another key cannot be read with it.";
        if (file.isBlank()) {
            throw new StartupException("slipway.secret-key-file is not set", hint);
        }
        try {
            return MasterKey.ofBase64(Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new StartupException("The secret key file " + file + " cannot be read", hint);
        } catch (SlipwayException e) {
            throw new StartupException(file + " holds no secret key: the Base64 of 32 bytes", hint);
        }
    }
}
