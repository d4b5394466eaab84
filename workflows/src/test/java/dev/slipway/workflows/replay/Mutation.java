package dev.slipway.workflows.replay;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One leaf of a JSON payload, chosen by chance, gets another value. */
final class Mutation {
    private static final JsonMapper JSON = new JsonMapper();

    private record Leaf(ObjectNode parent, String name) {}

    private Mutation() {}

    static Payload of(Payload payload, Random random) {
        JsonNode tree = JSON.readTree(payload.getData().toByteArray());
        List<Leaf> leaves = new ArrayList<>();
        collect(tree, leaves);
        Leaf leaf = leaves.get(random.nextInt(leaves.size()));
        leaf.parent().put(leaf.name(), leaf.parent().get(leaf.name()) + " mutated");
        return payload.toBuilder()
                .setData(ByteString.copyFrom(JSON.writeValueAsBytes(tree)))
                .build();
    }

    private static void collect(JsonNode node, List<Leaf> leaves) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                if (field.getValue().isValueNode()) {
                    leaves.add(new Leaf(object, field.getKey()));
                } else {
                    collect(field.getValue(), leaves);
                }
            });
        } else {
            node.forEach(child -> collect(child, leaves));
        }
    }
}
