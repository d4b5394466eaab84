package dev.slipway.server;

import dev.slipway.activities.artifact.RegistryCredentials;
import dev.slipway.activities.artifact.RegistryImageResolver;
import dev.slipway.core.artifact.ImageResolver;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Image registries, with the logins that this process was given. */
@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {
    @Bean
    ImageResolver imageResolver(@Value("${slipway.registry.docker-config:}") String dockerConfig) {
        if (dockerConfig.isBlank()) {
            return new RegistryImageResolver(RegistryCredentials.none());
        }
        try {
            return new RegistryImageResolver(RegistryCredentials.ofDockerConfig(Path.of(dockerConfig)));
        } catch (IOException e) {
            throw new StartupException(
                    "slipway.registry.docker-config: " + e.getMessage(),
                    "Set it to a file that docker login wrote, or unset it.");
        }
    }
}
