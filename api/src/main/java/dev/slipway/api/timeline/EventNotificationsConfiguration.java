package dev.slipway.api.timeline;

import dev.slipway.store.timeline.EventNotifications;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Only a process that serves readers listens. */
@Configuration(proxyBeanMethods = false)
class EventNotificationsConfiguration {
    @Bean
    EventNotifications eventNotifications(JdbcConnectionDetails database) {
        return new EventNotifications(database);
    }
}
