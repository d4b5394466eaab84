package dev.slipway.workflows;

import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import java.util.Map;
import java.util.Optional;

/**
 * Whose a Temporal namespace is, as its data says. Two installations in one namespace would take each other's workflows,
 * which have the same ids wherever environments have the same names.
 *
 * @param installation the id of the database
 * @param payloadKey the fingerprint of the key that its payloads are encrypted with
 */
public record NamespaceMark(String installation, String payloadKey) {
    public static final String INSTALLATION = "slipway.installation";
    public static final String PAYLOAD_KEY = "slipway.payload-key";

    /** The mark of a namespace; empty where it belongs to nobody yet. */
    public static Optional<NamespaceMark> of(DescribeNamespaceResponse namespace) {
        Map<String, String> data = namespace.getNamespaceInfo().getDataMap();
        String installation = data.getOrDefault(INSTALLATION, "");
        return installation.isEmpty()
                ? Optional.empty()
                : Optional.of(new NamespaceMark(installation, data.getOrDefault(PAYLOAD_KEY, "")));
    }

    public Map<String, String> data() {
        return Map.of(INSTALLATION, installation, PAYLOAD_KEY, payloadKey);
    }
}
