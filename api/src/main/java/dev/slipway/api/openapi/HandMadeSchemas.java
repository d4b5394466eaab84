package dev.slipway.api.openapi;

import static dev.slipway.api.openapi.ProblemResponse.schemaOf;

import dev.slipway.api.deployment.StatusNames;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Map;

/** Schemas of types that are not records. */
final class HandMadeSchemas {
    private HandMadeSchemas() {}

    static void addTo(Components components) {
        components.addSchemas("Manifests", manifests());
        components.addSchemas("DeploymentStatusName", statuses());
        components.addSchemas("Payloads", object(Map.of("payloads", list("Payload"))));
        Schema<Object> metadata = schemaOf("object");
        metadata.setAdditionalProperties(base64());
        components.addSchemas("Payload", object(Map.of("metadata", metadata, "data", base64())));
    }

    private static Schema<?> manifests() {
        Schema<Object> manifests = list("Manifest");
        manifests.setDescription("A single document may be given without the list");
        manifests.setMinItems(1);
        manifests.setMaxItems(1_000);
        return manifests;
    }

    private static Schema<?> statuses() {
        Schema<String> statuses = schemaOf("string");
        statuses.setEnum(StatusNames.all());
        return statuses;
    }

    private static Schema<?> object(Map<String, Schema<?>> properties) {
        Schema<Object> schema = schemaOf("object");
        properties.forEach((name, property) -> schema.addProperty(name, RecordSchemas.nullable(property)));
        schema.setAdditionalProperties(false);
        return schema;
    }

    private static Schema<Object> list(String name) {
        JsonSchema item = new JsonSchema();
        item.set$ref(References.PREFIX + name);
        Schema<Object> list = schemaOf("array");
        list.setItems(item);
        return list;
    }

    private static Schema<String> base64() {
        Schema<String> bytes = schemaOf("string");
        bytes.setFormat("byte");
        return bytes;
    }
}
