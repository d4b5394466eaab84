package dev.slipway.server;

import dev.slipway.activities.chart.Chart;
import dev.slipway.activities.git.TreeFile;
import dev.slipway.activities.gitops.GitIacRepositoryActivities;
import dev.slipway.activities.kubernetes.KubernetesReconciliationActivities;
import dev.slipway.activities.kubernetes.ServiceAccount;
import dev.slipway.activities.net.AddressPolicy;
import dev.slipway.core.artifact.ArtifactSource;
import dev.slipway.core.gitops.ChartLimits;
import dev.slipway.core.secret.SecretSource;
import dev.slipway.workflows.gitops.IacRepositoryActivities;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** What pushes charts and watches clusters, with the secrets and the network of this process. */
@Configuration(proxyBeanMethods = false)
@Profile("worker")
class GitOpsConfiguration {
    @Bean
    IacRepositoryActivities iacRepositoryActivities(
            @Value("${slipway.gitops.clones:}") String clones,
            SecretSource secrets,
            ArtifactSource artifacts,
            AddressPolicy addresses)
            throws IOException {
        return new GitIacRepositoryActivities(
                folder(clones), secrets, artifacts, GitOpsConfiguration::files, addresses);
    }

    private static Path folder(String setting) throws IOException {
        return setting.isBlank() ? PrivateFolder.ofTemporary("slipway-clones") : Path.of(setting);
    }

    private static Map<String, TreeFile> files(InputStream archive, String version, Map<String, String> values)
            throws IOException {
        Map<String, TreeFile> files = new LinkedHashMap<>();
        Chart.read(archive, ChartLimits.DEFAULT)
                .with(version, values)
                .files()
                .forEach((path, bytes) -> files.put(path, new TreeFile(bytes, false)));
        return files;
    }

    @Bean
    KubernetesReconciliationActivities reconciliationActivities(
            SecretSource secrets,
            AddressPolicy addresses,
            @Value("${KUBERNETES_SERVICE_HOST:}") String host,
            @Value("${KUBERNETES_SERVICE_PORT:}") String port) {
        return new KubernetesReconciliationActivities(secrets, addresses, ServiceAccount.mounted(host, port));
    }
}
