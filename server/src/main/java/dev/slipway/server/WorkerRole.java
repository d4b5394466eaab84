package dev.slipway.server;

import dev.slipway.worker.WorkerConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile("worker")
@Import(WorkerConfiguration.class)
class WorkerRole {}
