package dev.slipway.workflows.replay;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** One value of an input, chosen by chance, becomes another one. */
final class Mutation {
    private static final JsonMapper JSON = new JsonMapper();

    private Mutation() {}

    /** The event with another input; empty where it has none. */
    static Optional<HistoryEvent> of(HistoryEvent event, Random random) {
        Payloads inputs = Inputs.of(event);
        if (inputs.getPayloadsCount() == 0) {
            return Optional.empty();
        }
        int chosen = random.nextInt(inputs.getPayloadsCount());
        Payload mutated = of(inputs.getPayloads(chosen), random);
        return Optional.of(Inputs.replaced(
                event, inputs.toBuilder().setPayloads(chosen, mutated).build()));
    }

    private static Payload of(Payload payload, Random random) {
        // An input may be a single value, which needs something that holds it.
        ArrayNode holder =
                JSON.createArrayNode().add(JSON.readTree(payload.getData().toByteArray()));
        List<Runnable> mutations = new ArrayList<>();
        collect(holder.get(0), value -> holder.set(0, value), mutations);
        mutations.get(random.nextInt(mutations.size())).run();
        return payload.toBuilder()
                .setData(ByteString.copyFrom(JSON.writeValueAsBytes(holder.get(0))))
                .build();
    }

    private static void collect(JsonNode node, Consumer<JsonNode> replace, List<Runnable> mutations) {
        switch (node) {
            case ObjectNode object
            when !object.isEmpty() ->
                object.properties()
                        .forEach(field ->
                                collect(field.getValue(), value -> object.set(field.getKey(), value), mutations));
            case ArrayNode array
            when !array.isEmpty() ->
                IntStream.range(0, array.size())
                        .forEach(i -> collect(array.get(i), value -> array.set(i, value), mutations));
            default -> mutations.add(() -> replace.accept(StringNode.valueOf(node + " mutated")));
        }
    }
}
