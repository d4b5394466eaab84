package dev.slipway.api.gitops;

import jakarta.servlet.MultipartConfigElement;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How large the form of a CI job may be. */
@Configuration(proxyBeanMethods = false)
class FormConfiguration {
    /** Helm itself keeps a release, compressed, within a megabyte. */
    static final long LARGEST_CHART = 16L << 20;

    private static final long LARGEST_FORM = LARGEST_CHART + (1L << 20);

    @Bean
    MultipartConfigElement form() {
        return new MultipartConfigElement("", LARGEST_CHART, LARGEST_FORM, 0);
    }
}
