package dev.slipway.server;

import com.google.protobuf.util.Durations;
import dev.slipway.core.retry.Backoff;
import dev.slipway.store.installation.InstallationStore;
import dev.slipway.worker.deployment.SweepSchedule;
import dev.slipway.workflows.NamespaceMark;
import dev.slipway.workflows.PayloadKey;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.namespace.v1.NamespaceConfig;
import io.temporal.api.workflowservice.v1.UpdateNamespaceRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The first contact with Temporal: tries until it is there, registers the search attributes, starts the workers. The
 * process is ready from then on, and stays so when Temporal goes away later: what only reads still works.
 */
@Component("temporal")
class TemporalConnection implements HealthIndicator, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(TemporalConnection.class);
    private static final Backoff BACKOFF = Backoff.ofMillis(100, 5_000);
    // As long as a container engine waits between asking a process to stop and killing it.
    private static final Duration DRAIN = Duration.ofSeconds(8);

    private final WorkflowServiceStubs temporal;
    private final ObjectProvider<WorkerFactory> workers;
    private final ObjectProvider<SweepSchedule> sweep;
    private final InstallationStore installation;
    private final PayloadKey payloadKey;
    private final boolean works;
    private final String namespace;
    private final String address;
    private final @Nullable Duration retention;
    private volatile boolean made;
    private volatile @Nullable Thread maker;

    TemporalConnection(
            WorkflowServiceStubs temporal,
            ObjectProvider<WorkerFactory> workers,
            ObjectProvider<SweepSchedule> sweep,
            InstallationStore installation,
            PayloadKey payloadKey,
            Environment environment,
            @Value("${spring.temporal.namespace}") String namespace,
            @Value("${spring.temporal.connection.target}") String address,
            @Value("${slipway.temporal.retention:#{null}}") @Nullable Duration retention) {
        this.temporal = temporal;
        this.workers = workers;
        this.sweep = sweep;
        this.installation = installation;
        this.payloadKey = payloadKey;
        this.works = environment.acceptsProfiles(Profiles.of(Role.WORKER.profile()));
        this.namespace = namespace;
        this.address = address;
        this.retention = retention;
    }

    @EventListener(ApplicationReadyEvent.class)
    void connect() {
        maker = Thread.ofVirtual().name("temporal-connection").start(this::keepTrying);
    }

    private void keepTrying() {
        for (int failures = 1; !made; failures++) {
            try {
                make();
            } catch (StartupException e) {
                end(e);
                return;
            } catch (StatusRuntimeException | DataAccessException e) {
                if (failures == 1) {
                    log.warn("{}", explain(e));
                }
                if (!rest(BACKOFF.after(failures))) {
                    return;
                }
            }
        }
        log.info("Connected to Temporal at {}, namespace {}.", address, namespace);
    }

    private void make() {
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                .setChannel(temporal.getRawChannel())
                .validateAndBuildWithDefaults());
        new NamespaceOwnership(temporal, namespace, new NamespaceMark(installation.id(), payloadKey.fingerprint()))
                .claim();
        new TemporalNamespace(operator, namespace).prepare();
        if (retention != null) {
            keepHistories(retention);
        }
        if (works) {
            workers.ifAvailable(WorkerFactory::start);
            sweep.ifAvailable(SweepSchedule::ensure);
        }
        made = true;
    }

    private static void end(StartupException e) {
        OneLineReporter.report(String.valueOf(e.getMessage()), e.hint());
        // Its hook closes the application. Closed before, the process would end by itself, and with 0.
        System.exit(1);
    }

    private void keepHistories(Duration time) {
        temporal.blockingStub()
                .updateNamespace(UpdateNamespaceRequest.newBuilder()
                        .setNamespace(namespace)
                        .setConfig(NamespaceConfig.newBuilder()
                                .setWorkflowExecutionRetentionTtl(Durations.fromSeconds(time.toSeconds())))
                        .build());
    }

    private String explain(RuntimeException e) {
        return e instanceof StatusRuntimeException call
                ? explain(call.getStatus().getCode())
                : "The database does not respond; retrying: " + e.getMessage();
    }

    private String explain(Status.Code code) {
        return switch (code) {
            case NOT_FOUND ->
                "Temporal at " + address + " has no namespace \"" + namespace
                        + "\"; retrying. Create it with: temporal operator namespace create --namespace "
                        + namespace;
            default ->
                "Temporal at " + address + " cannot be reached ("
                        + code
                        + "); retrying. Check that it is running, and SLIPWAY_TEMPORAL_ADDRESS.";
        };
    }

    /** False when the process is stopping. */
    private static boolean rest(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public Health health() {
        return made ? Health.up().build() : Health.down().build();
    }

    @Override
    public void start() {}

    /** Workers finish what they have begun; what they cannot finish is tried again elsewhere. */
    @Override
    public void stop() {
        Thread running = maker;
        maker = null;
        if (running != null) {
            running.interrupt();
        }
        if (made && works) {
            workers.ifAvailable(factory -> {
                factory.shutdown();
                factory.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
            });
        }
    }

    @Override
    public boolean isRunning() {
        return maker != null;
    }
}
