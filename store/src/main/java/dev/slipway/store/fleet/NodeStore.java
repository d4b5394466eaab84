package dev.slipway.store.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What agents say of their nodes. */
@Service
public class NodeStore {
    private final NodeRepository nodes;

    NodeStore(NodeRepository nodes) {
        this.nodes = nodes;
    }

    /** Remembers that the agent of the node is there now. */
    @Transactional
    public void seen(String name, String version, List<String> runtimes, String hostname) {
        nodes.seen(name, version, String.join(",", runtimes), hostname);
    }

    public Optional<Node> find(String name) {
        return nodes.findById(name);
    }

    /** All nodes, by name. */
    public List<Node> findAll() {
        return nodes.findAllByOrderByName();
    }

    /** The names of the nodes that were seen within the last {@code silence}. */
    public Set<String> seenWithin(Duration silence) {
        return Set.copyOf(nodes.seenWithin(silence.toMillis() / 1_000.0));
    }
}
