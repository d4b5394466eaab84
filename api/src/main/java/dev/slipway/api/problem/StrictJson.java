package dev.slipway.api.problem;

import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import dev.slipway.core.text.Storable;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/** Bodies mean what they say: no field that is not known, none twice, nothing behind the end. */
@Configuration(proxyBeanMethods = false)
class StrictJson {
    @Bean
    JsonMapperBuilderCustomizer strictBodies() {
        return builder -> builder.enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .addModule(new SimpleModule("slipway")
                        .addDeserializer(String.class, new StorableText())
                        .addDeserializer(Instant.class, new TimeAsText())
                        .addDeserializer(Long.class, new WholeNumber()));
    }

    /** Numbers and booleans are no text. */
    private static String text(ValueDeserializer<?> reader, JsonParser parser, DeserializationContext context) {
        return parser.hasToken(JsonToken.VALUE_STRING)
                ? parser.getString()
                : context.reportInputMismatch(reader, "must be a string");
    }

    /** As RFC 3339 has it, in UTC; no number of seconds. */
    private static final class TimeAsText extends StdScalarDeserializer<Instant> {
        TimeAsText() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) {
            try {
                String text = text(this, parser, context);
                return text.endsWith("Z")
                        ? Instant.parse(text)
                        : context.reportInputMismatch(this, "must be in UTC, ending in Z");
            } catch (DateTimeParseException e) {
                return context.reportInputMismatch(this, "must be a time, for example 2026-07-01T12:00:00Z");
            }
        }
    }

    /** JSON has no integers of its own: 1.0 is one, and 1.5 is none. */
    private static final class WholeNumber extends StdScalarDeserializer<Long> {
        WholeNumber() {
            super(Long.class);
        }

        @Override
        public Long deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.currentToken().isNumeric()) {
                return context.reportInputMismatch(this, "must be a number");
            }
            try {
                return parser.getDecimalValue().longValueExact();
            } catch (ArithmeticException e) {
                return context.reportInputMismatch(this, "must be a 64-bit integer");
            }
        }
    }

    private static final class StorableText extends StdScalarDeserializer<String> {
        StorableText() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) {
            String text = text(this, parser, context);
            if (!Storable.isText(text)) {
                String pointer = parser.streamReadContext().pathAsPointer().toString();
                throw new InvalidInputException(
                        pointer.isEmpty()
                                ? "body"
                                : Names.shown(pointer.substring(1).replace('/', '.')),
                        "must not contain NUL or an unpaired surrogate");
            }
            return text;
        }
    }
}
