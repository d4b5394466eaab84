package dev.slipway.store;

import dev.slipway.core.secret.MasterKey;
import java.util.Base64;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

@EnableAutoConfiguration
@Import(StoreConfiguration.class)
class StoreTestApplication {
    @Bean
    MasterKey masterKey() {
        return MasterKey.ofBase64(Base64.getEncoder().encodeToString(new byte[32]));
    }
}
