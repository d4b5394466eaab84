package dev.slipway.server;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Turns the settings that Slipway documents into those that Spring knows: roles to profiles, a database URL to a data source. */
public final class DocumentedSettings implements EnvironmentPostProcessor, Ordered {
    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        for (Role role : Role.parse(environment.getProperty("slipway.roles", "api,worker"))) {
            environment.addActiveProfile(role.profile());
        }
        String url = environment.getProperty("slipway.database.url");
        if (url != null && !url.isBlank()) {
            Map<String, Object> settings = DatabaseUrl.parse(url).dataSource();
            environment
                    .getPropertySources()
                    .addAfter(
                            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                            new MapPropertySource("slipway", settings));
        }
    }

    /** Before application.yml is read, so that the files of the profiles are read too. */
    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER - 1;
    }
}
