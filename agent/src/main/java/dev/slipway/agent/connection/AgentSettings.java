package dev.slipway.agent.connection;

import dev.slipway.workflows.PayloadKey;
import java.net.URI;

/** Where the control plane is, and what opens it. */
public record AgentSettings(
        String temporalAddress, String temporalNamespace, PayloadKey payloadKey, URI url, String token) {
    @Override
    public String toString() {
        return "Temporal at " + temporalAddress + ", API at " + url;
    }
}
