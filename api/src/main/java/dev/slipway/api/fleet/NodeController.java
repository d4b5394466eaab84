package dev.slipway.api.fleet;

import dev.slipway.api.Input;
import dev.slipway.api.Page;
import dev.slipway.api.problem.Fails;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import dev.slipway.core.text.DidYouMean;
import dev.slipway.store.fleet.Node;
import dev.slipway.store.fleet.NodeStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
class NodeController {
    // Three heartbeats of an agent.
    private static final Duration ONLINE = Duration.ofSeconds(15);
    private static final int LONGEST = 255;

    private final NodeStore nodes;

    NodeController(NodeStore nodes) {
        this.nodes = nodes;
    }

    @Operation(operationId = "listNodes", summary = "All nodes whose agents have connected, by name")
    @GetMapping("/api/nodes")
    Page<NodeView> list() {
        Set<String> online = nodes.seenWithin(ONLINE);
        return Page.whole(
                nodes.findAll().stream().map(node -> NodeView.of(node, online)).toList());
    }

    @Operation(operationId = "getNode", summary = "One node")
    @Fails(statuses = HttpStatus.NOT_FOUND)
    @GetMapping("/api/nodes/{name}")
    NodeView get(@PathVariable String name) {
        Node node = nodes.find(name)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND,
                        "There is no node \"" + Names.shown(name) + "\", or its agent never connected"
                                + DidYouMean.sentence(
                                        name,
                                        nodes.findAll().stream().map(Node::name).toList())));
        return NodeView.of(node, nodes.seenWithin(ONLINE));
    }

    @Operation(operationId = "reportNode", summary = "Heartbeat of a node's agent")
    @PutMapping("/api/nodes/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void seen(@PathVariable String name, @RequestBody Heartbeat heartbeat) {
        List<String> runtimes = Input.required("runtimes", heartbeat.runtimes());
        runtimes.forEach(runtime -> Names.requireName("runtimes", Input.required("runtimes", runtime)));
        nodes.seen(
                Names.requireName("node", name),
                bounded("version", heartbeat.version()),
                runtimes,
                bounded("hostname", heartbeat.hostname()));
    }

    private static String bounded(String field, @Nullable String text) {
        if (Input.required(field, text).length() > LONGEST) {
            throw new InvalidInputException(field, "is longer than " + LONGEST + " characters");
        }
        return Input.required(field, text);
    }

    record Heartbeat(
            @Schema(requiredMode = RequiredMode.REQUIRED, maxLength = LONGEST) @Nullable
            String version,

            @ArraySchema(
                    arraySchema = @Schema(requiredMode = RequiredMode.REQUIRED),
                    schema = @Schema(pattern = Names.PATTERN))
            @Nullable
            List<String> runtimes,

            @Schema(requiredMode = RequiredMode.REQUIRED, maxLength = LONGEST) @Nullable
            String hostname) {}

    /** {@code online}: its agent was heard of within the last 15 seconds. */
    record NodeView(
            String name, boolean online, String version, List<String> runtimes, String hostname, Instant lastSeenAt) {
        static NodeView of(Node node, Set<String> online) {
            return new NodeView(
                    node.name(),
                    online.contains(node.name()),
                    node.version(),
                    node.runtimes(),
                    node.hostname(),
                    node.lastSeenAt());
        }
    }
}
