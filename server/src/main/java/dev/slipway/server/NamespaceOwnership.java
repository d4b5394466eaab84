package dev.slipway.server;

import dev.slipway.workflows.NamespaceMark;
import io.grpc.StatusRuntimeException;
import io.temporal.api.namespace.v1.UpdateNamespaceInfo;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.UpdateNamespaceRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Temporal namespace belongs to one installation, with one payload key: the first that comes marks it. */
final class NamespaceOwnership {
    private static final Logger log = LoggerFactory.getLogger(NamespaceOwnership.class);

    private final WorkflowServiceStubs temporal;
    private final String namespace;
    private final NamespaceMark ours;

    NamespaceOwnership(WorkflowServiceStubs temporal, String namespace, NamespaceMark ours) {
        this.temporal = temporal;
        this.namespace = namespace;
        this.ours = ours;
    }

    /** Fails with {@link StartupException} where the namespace is another's. */
    void claim() {
        Optional<NamespaceMark> found = read();
        if (found.isEmpty()) {
            mark();
            // Another installation may have marked it at the same time; the last one stands.
            found = read();
        }
        found.ifPresent(this::require);
    }

    private Optional<NamespaceMark> read() {
        return NamespaceMark.of(temporal.blockingStub()
                .describeNamespace(DescribeNamespaceRequest.newBuilder()
                        .setNamespace(namespace)
                        .build()));
    }

    private void mark() {
        try {
            temporal.blockingStub()
                    .updateNamespace(UpdateNamespaceRequest.newBuilder()
                            .setNamespace(namespace)
                            .setUpdateInfo(UpdateNamespaceInfo.newBuilder().putAllData(ours.data()))
                            .build());
        } catch (StatusRuntimeException e) {
            switch (e.getStatus().getCode()) {
                case PERMISSION_DENIED, UNAUTHENTICATED, UNIMPLEMENTED ->
                    log.warn(
                            "Not allowed to mark namespace {} as this installation's ({}). Make sure that no other"
                                    + " installation uses it, or have an administrator run: {}",
                            namespace,
                            e.getStatus().getCode(),
                            command());
                default -> throw e;
            }
        }
    }

    private void require(NamespaceMark found) {
        if (!found.installation().equals(ours.installation())) {
            throw new StartupException(
                    "Temporal namespace " + namespace + " belongs to another Slipway installation ("
                            + found.installation() + "; this one is " + ours.installation() + ")",
                    "Set SLIPWAY_TEMPORAL_NAMESPACE to a separate namespace. Only if the other installation no longer"
                            + " exists, take the namespace over: " + command());
        }
        if (!found.payloadKey().equals(ours.payloadKey())) {
            throw new StartupException(
                    "Temporal namespace " + namespace + " is encrypted with another payload key (fingerprint "
                            + found.payloadKey() + "; this server's is " + ours.payloadKey() + ")",
                    "Set SLIPWAY_PAYLOAD_KEY_FILE to the key of the other servers. Only if that key is lost, and no"
                            + " deployment is in progress, use the new one: " + command());
        }
    }

    private String command() {
        StringBuilder command = new StringBuilder("temporal operator namespace update --namespace " + namespace);
        command.append(" --data ").append(NamespaceMark.INSTALLATION + "=" + ours.installation());
        command.append(" --data ").append(NamespaceMark.PAYLOAD_KEY + "=" + ours.payloadKey());
        return command.toString();
    }
}
