package dev.slipway.server;

import dev.slipway.store.StoreConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** The server: serves the API, runs workflows, or both, as {@code slipway.roles} says. */
@SpringBootApplication
@Import(StoreConfiguration.class)
public class ServerApplication {
    public static void main(String[] args) {
        SpringApplication.run(ServerApplication.class, args);
    }
}
