package dev.slipway.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.api.deployment.DeploymentIds;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.fleet.EnvironmentId;
import dev.slipway.core.gitops.BranchPattern;
import dev.slipway.core.gitops.ChartVersion;
import dev.slipway.core.gitops.Cluster;
import dev.slipway.core.gitops.GitOpsGround;
import dev.slipway.core.gitops.GitOpsPlan;
import dev.slipway.core.gitops.GitRemote;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.core.gitops.Job;
import dev.slipway.core.gitops.OnFailure;
import dev.slipway.core.gitops.Reconciler;
import dev.slipway.core.message.Message;
import dev.slipway.store.gitops.GitOpsDeploymentStore;
import dev.slipway.store.gitops.NewGitOpsDeployment;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.gitops.GitOpsInput;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Deployments that wait for their cluster. */
class MonitoredDeployments {
    private static final EnvironmentId ENVIRONMENT = new EnvironmentId("hooked", "production");

    private final GitOpsDeploymentStore deployments;
    private final WorkflowClient client;
    private final JdbcClient jdbc;

    MonitoredDeployments(GitOpsDeploymentStore deployments, WorkflowClient client, JdbcClient jdbc) {
        this.deployments = deployments;
        this.client = client;
        this.jdbc = jdbc;
    }

    /** {@code release}: its name and its namespace. */
    Monitored start(String cluster, String release) {
        DeploymentId id = DeploymentIds.next();
        Job job = new Job("41", "main", null, null, null);
        GitOpsPlan plan = GitOpsPlan.of(
                ENVIRONMENT,
                Concurrency.QUEUE,
                ground(cluster, release),
                repository(),
                new Cluster(cluster, null),
                "1.0.0",
                job);
        declare(ground(cluster, release));
        ChartVersion chart = new ChartVersion("shop", "1.0.0", new Digest("sha256:" + "0".repeat(64)));
        deployments.insert(
                new NewGitOpsDeployment(id, plan, chart, job, null, Message.text("For a test"), Actor.OPERATOR));
        new GitOpsInput(id, plan, chart, job, Concurrency.QUEUE, null, Actor.OPERATOR, null)
                .start()
                .by(client);
        jdbc.sql("update deployment set status = 'monitoring' where id = ?")
                .param(id.value())
                .update();
        Monitored started = new Monitored(client, id);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> started.count(HistoryEvent::hasWorkflowTaskCompletedEventAttributes) > 0);
        return started;
    }

    private void declare(GitOpsGround ground) {
        jdbc.sql("insert into project (name, spec) values ('hooked', '{\"name\": \"hooked\"}') on conflict do nothing")
                .update();
        jdbc.sql("""
                        insert into environment (id, project, name, concurrency, gitops, generation)
                        values ('hooked/production', 'hooked', 'production', 'queue', ?::json, 1)
                        on conflict do nothing""").param(JsonMapper.shared().writeValueAsString(ground)).update();
    }

    private static GitOpsGround ground(String cluster, String release) {
        return new GitOpsGround(
                new BranchPattern("main"),
                "hook-iac",
                "charts/" + release,
                Map.of(),
                cluster,
                Reconciler.FLUX,
                release,
                release,
                GitOpsGround.DEFAULT_TIMEOUT,
                false,
                OnFailure.STOP);
    }

    private static IacRepository repository() {
        return new IacRepository(
                "hook-iac",
                GitRemote.parse("url", "https://git.example.com/ops/iac.git"),
                "main",
                null,
                IacRepository.Person.SLIPWAY,
                null,
                List.of(),
                null);
    }

    record Monitored(WorkflowClient client, DeploymentId id) {
        /** Waits until it was told to look so often: what comes while it works stands in its history later. */
        void awaitLooks(int times) {
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(looks()).isEqualTo(times));
        }

        /** How often it was told to look. */
        long looks() {
            return count(event -> event.getWorkflowExecutionSignaledEventAttributes()
                    .getSignalName()
                    .equals("look"));
        }

        private long count(Predicate<HistoryEvent> wanted) {
            return client.fetchHistory(WorkflowIds.ofDeployment(id)).getEvents().stream()
                    .filter(wanted)
                    .count();
        }
    }
}
