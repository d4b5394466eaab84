package dev.slipway.store;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

@EnableAutoConfiguration
@Import(StoreConfiguration.class)
class StoreTestApplication {}
