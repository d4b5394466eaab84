package dev.slipway.server.standalone;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What {@code stack.json} tells the command line and agents; the names of its fields are a contract. */
record Stack(
        State state,
        String url,
        String tokenFile,
        String agentTokenFile,
        String payloadKeyFile,
        String temporalAddress,
        String temporalNamespace,
        String temporalUi,
        String databaseUrl,
        Map<String, Long> processes) {
    enum State {
        starting,
        ready,
        stopped
    }

    /** What {@code up --json} prints. */
    String document(DataDirectory data) {
        ObjectNode document = StackFile.JSON.valueToTree(this);
        document.put("data", data.path().toString());
        return StackFile.JSON.writeValueAsString(document);
    }

    Stack with(State newState, Map<String, Long> newProcesses) {
        return new Stack(
                newState,
                url,
                tokenFile,
                agentTokenFile,
                payloadKeyFile,
                temporalAddress,
                temporalNamespace,
                temporalUi,
                databaseUrl,
                newProcesses);
    }
}
