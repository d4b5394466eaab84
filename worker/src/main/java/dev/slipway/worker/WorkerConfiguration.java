package dev.slipway.worker;

import dev.slipway.store.StoreConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Everything of a worker but its connections. Which workflows and activities it serves stands in {@code slipway-worker.yml}. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
@Import(StoreConfiguration.class)
public class WorkerConfiguration {}
