package dev.slipway.agent.connection;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.retry.Backoff;
import dev.slipway.workflows.NamespaceMark;
import dev.slipway.workflows.PayloadKey;
import dev.slipway.workflows.Payloads;
import dev.slipway.workflows.TaskQueues;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker on the queue of this node. It connects again by itself; only the first contact needs patience of our own. */
public final class TemporalConnection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TemporalConnection.class);

    // The SDK holds heartbeats back for 0.8 times their timeout, and learns of a cancellation no sooner.
    private static final Duration HEARTBEAT_THROTTLE = Duration.ofSeconds(1);
    private static final int CONCURRENT_STEPS = 400;
    private static final int POLLERS = 2;
    private static final Duration CONTACT = Duration.ofSeconds(3);
    private static final Backoff BACKOFF = Backoff.ofMillis(250, 5_000);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    // By itself the client waits longer and longer, and starts over every ten seconds only.
    private static final Duration RECONNECTION = Duration.ofSeconds(1);

    private final String address;
    private final String namespace;
    private final WorkflowServiceStubs stubs;
    private final WorkerFactory factory;

    private TemporalConnection(AgentSettings settings, String node, Object activities) {
        address = settings.temporalAddress();
        namespace = settings.temporalNamespace();
        stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(settings.temporalAddress())
                .setConnectionBackoffResetFrequency(RECONNECTION)
                .validateAndBuildWithDefaults());
        WorkflowClient client = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(settings.temporalNamespace())
                        .setIdentity(
                                "agent/" + node + "/" + ProcessHandle.current().pid())
                        .setDataConverter(Payloads.encrypted(settings.payloadKey()))
                        .build());
        factory = WorkerFactory.newInstance(client);
        factory.newWorker(
                        TaskQueues.ofNode(node),
                        WorkerOptions.newBuilder()
                                .setMaxHeartbeatThrottleInterval(HEARTBEAT_THROTTLE)
                                .setDefaultHeartbeatThrottleInterval(HEARTBEAT_THROTTLE)
                                .setMaxConcurrentActivityExecutionSize(CONCURRENT_STEPS)
                                .setMaxConcurrentActivityTaskPollers(POLLERS)
                                .setUsingVirtualThreadsOnActivityWorker(true)
                                .setAllowActivityHeartbeatDuringShutdown(true)
                                .build())
                .registerActivitiesImplementations(activities);
    }

    /** Connects, for as long as it takes, and begins to poll. Says once that it waits. */
    public static TemporalConnection open(Supplier<AgentSettings> source, String node, Object activities)
            throws InterruptedException {
        for (int failures = 1; ; failures++) {
            String problem;
            try {
                AgentSettings settings = source.get();
                requireListener(settings.temporalAddress());
                TemporalConnection connection = new TemporalConnection(settings, node, activities);
                try {
                    connection.requireKey(settings.payloadKey());
                    connection.factory.start();
                    log.info("Agent of node {} is ready; {}.", node, settings);
                    return connection;
                } catch (StatusRuntimeException e) {
                    connection.abandon();
                    problem = settings.temporalAddress() + " answers "
                            + e.getStatus().getCode();
                } catch (SlipwayException e) {
                    connection.abandon();
                    problem = String.valueOf(e.getMessage());
                }
            } catch (IOException e) {
                problem = e.getMessage() + ".";
            } catch (SlipwayException e) {
                problem = String.valueOf(e.getMessage());
            }
            if (failures == 1) {
                log.warn("Waiting for Temporal: {} Retrying until it responds.", problem);
            }
            Thread.sleep(BACKOFF.after(failures));
        }
    }

    private void requireKey(PayloadKey key) {
        DescribeNamespaceResponse described = stubs.blockingStub()
                .describeNamespace(DescribeNamespaceRequest.newBuilder()
                        .setNamespace(namespace)
                        .build());
        NamespaceMark.of(described)
                .filter(mark -> !mark.payloadKey().equals(key.fingerprint()))
                .ifPresent(mark -> {
                    throw new SlipwayException(
                            FailureType.PAYLOAD_UNREADABLE,
                            "Temporal namespace " + namespace + " is encrypted with another payload key (fingerprint "
                                    + mark.payloadKey() + "; this agent's is " + key.fingerprint()
                                    + "). Give the agent the payload key of the servers.");
                });
    }

    // The SDK tries by itself for most of a minute, and in silence.
    private static void requireListener(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        InetSocketAddress target =
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        try (Socket socket = new Socket()) {
            socket.connect(target, (int) CONTACT.toMillis());
        } catch (IOException e) {
            throw new IOException(address + ": " + e.getMessage(), e);
        }
    }

    /** Whether the settings still name this Temporal: a stack that was started again may have another port. */
    public boolean isStillMeant(Supplier<AgentSettings> source) {
        try {
            AgentSettings now = source.get();
            return now.temporalAddress().equals(address)
                    && now.temporalNamespace().equals(namespace);
        } catch (SlipwayException e) {
            // A stack that is just being started again has no settings for a moment.
            return true;
        }
    }

    /** Takes no further step; those under way go on and can still report. */
    public void suspend() {
        factory.suspendPolling();
    }

    private void abandon() {
        factory.shutdownNow();
        stubs.shutdownNow();
    }

    @Override
    public void close() {
        factory.shutdown();
        factory.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
        stubs.shutdown();
        if (!stubs.awaitTermination(1, TimeUnit.SECONDS)) {
            stubs.shutdownNow();
        }
    }
}
