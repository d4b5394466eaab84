package dev.slipway.api.gitops;

import dev.slipway.core.gitops.ChartLimits;
import jakarta.servlet.MultipartConfigElement;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How large the form of a CI job may be. */
@Configuration(proxyBeanMethods = false)
class FormConfiguration {
    private static final long LARGEST_CHART = ChartLimits.DEFAULT.packedBytes();

    private static final long LARGEST_FORM = LARGEST_CHART + (1L << 20);

    @Bean
    MultipartConfigElement form() {
        return new MultipartConfigElement("", LARGEST_CHART, LARGEST_FORM, 0);
    }
}
