package dev.slipway.api.manifest;

import dev.slipway.core.manifest.JsonSchema;
import dev.slipway.core.resource.Kinds;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** What the API shows of a record that documents declare is such a document: in its answers, and in their description. */
@Configuration(proxyBeanMethods = false)
class DocumentsConfiguration {
    private static final String COMPONENTS = "#/components/schemas/";
    static final String MANIFEST = COMPONENTS + "Manifest";

    static {
        for (Class<? extends Record> kind : Kinds.ALL) {
            SpringDocUtils.getConfig().replaceWithSchema(kind, new Schema<>().$ref(COMPONENTS + Kinds.name(kind)));
        }
    }

    @Bean
    JsonMapperBuilderCustomizer documents() {
        SimpleModule module = new SimpleModule("documents");
        for (Class<? extends Record> kind : Kinds.ALL) {
            module.addSerializer(new AsDocument<>(kind));
        }
        return builder -> builder.addModule(module);
    }

    @Bean
    OpenApiCustomizer documentSchemas() {
        return api -> {
            for (Class<? extends Record> kind : Kinds.ALL) {
                api.getComponents().addSchemas(Kinds.name(kind), schema(JsonSchema.document(kind)));
            }
            api.getComponents()
                    .addSchemas(
                            "Manifest",
                            schema(Map.of(
                                    "description",
                                    "One document. Several documents are an array in JSON, or separated by --- in YAML.",
                                    "oneOf",
                                    Kinds.ALL.stream()
                                            .map(kind -> Map.of("$ref", COMPONENTS + Kinds.name(kind)))
                                            .toList())));
        };
    }

    private static Schema<?> schema(Map<String, Object> schema) {
        return Json31.mapper().convertValue(quoted(schema), Schema.class);
    }

    // Text may be written without quotes in documents, where YAML takes it for a number. Answers have it as text, and
    // generators would make a class of each text that may be a number.
    private static Object quoted(Object schema) {
        return switch (schema) {
            case Map<?, ?> map -> {
                Map<Object, Object> quoted = new LinkedHashMap<>();
                map.forEach((name, value) -> quoted.put(
                        name,
                        name.equals("type") && value instanceof List<?> types && types.contains("string")
                                ? "string"
                                : quoted(value)));
                yield quoted;
            }
            case List<?> list ->
                list.stream().map(DocumentsConfiguration::quoted).toList();
            default -> schema;
        };
    }

    private static final class AsDocument<T extends Record> extends StdSerializer<T> {
        AsDocument(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T declared, JsonGenerator generator, SerializationContext context) {
            generator.writePOJO(DocumentWriter.document(declared));
        }
    }
}
