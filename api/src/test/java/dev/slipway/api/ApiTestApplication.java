package dev.slipway.api;

import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.artifact.ImageResolver;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.ConnectionRules;
import dev.slipway.core.gitops.Job;
import dev.slipway.core.gitops.JobVerifier;
import dev.slipway.core.gitops.VerifiedJob;
import dev.slipway.core.secret.MasterKey;
import dev.slipway.workflows.PayloadKey;
import dev.slipway.workflows.Payloads;
import dev.slipway.workflows.SearchAttributes;
import dev.slipway.workflows.TaskQueues;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.util.Base64;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ApiConfiguration.class)
class ApiTestApplication {
    @Bean(destroyMethod = "close")
    TestWorkflowEnvironment temporal() {
        TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder()
                .setUseTimeskipping(false)
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.encrypted(
                                PayloadKey.ofBase64(Base64.getEncoder().encodeToString(new byte[32]))))
                        .build());
        SearchAttributes.ALL.forEach(
                key -> options.registerSearchAttribute(key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
        TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(options.build());
        environment
                .newWorker(TaskQueues.CONTROL_PLANE)
                .registerWorkflowImplementationTypes(
                        RecordingDeployment.class, RecordingRollback.class, RecordingGitOps.class);
        environment.start();
        return environment;
    }

    @Bean
    WorkflowClient client(TestWorkflowEnvironment temporal) {
        return temporal.getWorkflowClient();
    }

    @Bean
    MasterKey masterKey() {
        return MasterKey.ofBase64(Base64.getEncoder().encodeToString(new byte[32]));
    }

    /** Knows jobs whose token says "for BRANCH". */
    @Bean
    JobVerifier jobs() {
        return (_, claim) -> switch (claim.token()) {
            case "of-a-fork" -> throw new SlipwayException(FailureType.FORBIDDEN, "The job runs for a fork");
            case String token
            when token.startsWith("for ") ->
                new VerifiedJob(new Job("41", token.substring("for ".length()), "0123abcd", "ada", null), null);
            default -> throw new SlipwayException(FailureType.UNAUTHENTICATED, "The token is that of no job");
        };
    }

    @Bean
    ConnectionRules rules() {
        return new ConnectionRules() {
            @Override
            public void checkHost(String host) {
                if (host.equals("169.254.169.254")) {
                    throw new SlipwayException(FailureType.ADDRESS_NOT_ALLOWED, "Nothing goes to " + host);
                }
            }

            @Override
            public void checkKubeconfig(String kubeconfig) {
                if (kubeconfig.contains("exec")) {
                    throw new SlipwayException(FailureType.CLUSTER_REFUSED, "users[0].user.exec is not taken");
                }
            }

            @Override
            public void checkSigningKey(String secret, String key) {
                if (key.startsWith("ssh-")) {
                    throw new SlipwayException(FailureType.INVALID_SIGNING_KEY, secret + " is a public key");
                }
            }
        };
    }

    @Bean
    ImageResolver images() {
        return reference -> {
            if (reference.contains(" ")) {
                throw new InvalidInputException("image", "invalid image reference");
            }
            if (reference.contains("missing")) {
                throw new SlipwayException(FailureType.IMAGE_NOT_FOUND, "There is no image " + reference);
            }
            return new Artifact.Image(reference.replaceFirst(":[^:/]+$", ""), new Digest("sha256:" + "c".repeat(64)));
        };
    }
}
