package dev.slipway.bench.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A Spring Boot web application that does nothing: what a server on Spring costs at the least. */
@SpringBootApplication
public class SpringAlone {
    public static void main(String[] args) {
        SpringApplication.run(SpringAlone.class, args);
    }
}
