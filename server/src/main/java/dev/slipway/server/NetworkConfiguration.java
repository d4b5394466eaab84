package dev.slipway.server;

import dev.slipway.activities.git.SigningKey;
import dev.slipway.activities.gitprovider.ProviderJobVerifier;
import dev.slipway.activities.kubernetes.Kubeconfig;
import dev.slipway.activities.net.AddressPolicy;
import dev.slipway.core.gitops.ConnectionRules;
import dev.slipway.core.gitops.JobVerifier;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where this process goes when somebody gives it a URL. */
@Configuration(proxyBeanMethods = false)
class NetworkConfiguration {
    @Bean
    AddressPolicy addressPolicy(
            @Value("${slipway.network.allowed:}") List<String> allowed,
            @Value("${slipway.network.allow-loopback:false}") boolean allowLoopback) {
        return new AddressPolicy(allowed, allowLoopback);
    }

    @Bean
    ConnectionRules connectionRules(AddressPolicy addresses) {
        return new ConnectionRules() {
            @Override
            public void checkHost(String host) {
                try {
                    addresses.resolve(host);
                } catch (UnknownHostException e) {
                    // It may have an address by the time that it is needed; it is looked at then.
                    return;
                }
            }

            @Override
            public void checkKubeconfig(String kubeconfig) {
                checkHost(Kubeconfig.host(kubeconfig));
            }

            @Override
            public void checkSigningKey(String secret, String key) {
                new SigningKey(secret, key).signer();
            }
        };
    }

    @Bean
    JobVerifier jobVerifier(AddressPolicy addresses) {
        return new ProviderJobVerifier(addresses::resolve, Clock.systemUTC());
    }
}
