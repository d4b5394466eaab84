package dev.slipway.store;

import com.zaxxer.hikari.HikariDataSource;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts {@link ConnectionLimits} on every connection of the pool, and not on those that migrate. */
@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {
    @Bean
    static BeanPostProcessor poolLimits() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool) {
                    limit(pool);
                }
                return bean;
            }
        };
    }

    private static void limit(HikariDataSource pool) {
        ConnectionLimits.ofDriver().forEach(pool.getDataSourceProperties()::putIfAbsent);
        if (pool.getConnectionInitSql() == null) {
            pool.setConnectionInitSql(ConnectionLimits.SESSION);
        }
    }

    /** A migration takes as long as it takes. */
    @Bean
    FlywayConfigurationCustomizer unlimitedMigrations(JdbcConnectionDetails database) {
        return flyway -> {
            Map<String, String> properties = new HashMap<>();
            ConnectionLimits.ofConnecting().forEach((name, value) -> properties.put((String) name, (String) value));
            flyway.jdbcProperties(properties);
            flyway.dataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword());
        };
    }
}
