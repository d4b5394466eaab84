package dev.slipway.api.openapi;

import dev.slipway.api.problem.Problem;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.release.ReleaseReference;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the OpenAPI document says of the API as a whole. */
@Configuration(proxyBeanMethods = false)
class OpenApiDocument {
    private static final String BEARER = "bearer";

    static {
        ModelResolver.enumsAsRef = true;
        text(DeploymentId.class, DeploymentId.PATTERN, "06h2kq8x3v1c9z4t");
        text(Digest.class, Digest.PATTERN, "sha256:" + "7fe2".repeat(16));
        text(Actor.class, "[^\\u0000]*", "operator");
        text(ReleaseReference.class, ReleaseReference.PATTERN, "web@v1");
    }

    private static void text(Class<?> type, String pattern, String example) {
        Schema<String> schema = ProblemResponse.schemaOf("string");
        schema.setPattern("^" + pattern + "$");
        schema.setExample(example);
        SpringDocUtils.getConfig().replaceWithSchema(type, schema);
    }

    @Bean
    SchemaNames schemaNames() {
        return new SchemaNames();
    }

    @Bean
    ModelResolver modelResolver(ObjectMapperProvider mapper, SchemaNames names) {
        return new RecordingResolver(mapper.jsonMapper(), names);
    }

    @Bean
    GlobalOpenApiCustomizer completeSchemas(SchemaNames names) {
        return document -> {
            ModelConverters.getInstance(true).readAll(Problem.class).forEach(document.getComponents()::addSchemas);
            HandMadeSchemas.addTo(document.getComponents());
            new RecordSchemas(names).complete(document);
            new Unions(names).complete(document);
            RouteForms.complete(document);
        };
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Slipway")
                        .version("v1")
                        .description("Errors are problem documents (RFC 9457) of the type urn:slipway:problem:<name>."
                                + " Each response lists its possible types.")
                        .license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")))
                // Wherever the document itself is served.
                .servers(List.of(new Server().url("/")))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("The token of the operator, of an agent, or one that may watch a"
                                                + " single deployment")))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }
}
