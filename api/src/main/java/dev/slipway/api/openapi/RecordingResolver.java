package dev.slipway.api.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Makes schemas of classes, and remembers which of which: null and what is required are told by the class. */
final class RecordingResolver extends ModelResolver {
    private final SchemaNames names;

    RecordingResolver(ObjectMapper mapper, SchemaNames names) {
        super(mapper, names);
        this.names = names;
        openapi31(true);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Schema resolve(
            AnnotatedType annotated, ModelConverterContext context, Iterator<ModelConverter> next) {
        Schema<?> schema = super.resolve(annotated, context, next);
        if (schema != null && annotated.getType() != null) {
            String reference = schema.get$ref();
            boolean isObject = schema.getTypes() != null && schema.getTypes().contains("object");
            String name = reference == null ? schema.getName() : reference.replace(References.PREFIX, "");
            if (name != null && (isObject || reference != null)) {
                names.remember(name, _mapper.constructType(annotated.getType()).getRawClass());
            }
        }
        return schema;
    }
}
