package dev.slipway.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

/** A test of the whole API over HTTP: a database of its own, and Temporal's test server with recording workflows. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = ApiTestApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"slipway.events.heartbeat=200ms", "slipway.events.subscribers=20"})
@ContextConfiguration(initializers = ApiTestStack.class)
@DirtiesContext
public @interface ApiTest {}
