package dev.slipway.api;

import dev.slipway.store.StoreConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/**
 * The API, for an application with Spring Boot's auto-configuration. It needs a {@code WorkflowClient}, an
 * {@code ImageResolver} and the {@code MasterKey} of secrets.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
@EnableConfigurationProperties(ApiProperties.class)
@Import(StoreConfiguration.class)
@PropertySource("classpath:dev/slipway/api/api.properties")
public class ApiConfiguration {}
