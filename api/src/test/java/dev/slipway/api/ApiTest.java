package dev.slipway.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/** A test of the whole API over HTTP: a database, and Temporal's test server with recording workflows. The
 * test classes share them, so each has environments of its own. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = ApiTestApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "slipway.events.heartbeat=200ms",
            "slipway.events.subscribers=20",
            "slipway.deploy.requests-per-minute=100000"
        })
@ContextConfiguration(initializers = ApiTestStack.class)
public @interface ApiTest {}
