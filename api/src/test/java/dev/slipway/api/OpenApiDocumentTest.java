package dev.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * docs/reference/openapi.json is what the API serves. To write it again: {@code mvn -pl api -am test
 * -Dtest=OpenApiDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Dslipway.docs.write=true}.
 */
@ApiTest
class OpenApiDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "reference", "openapi.json");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @LocalServerPort
    private int port;

    @Test
    void isServedAsItIsKept() throws IOException {
        String served = JSON.writeValueAsString(Api.asOperator(port)
                        .get("/api/openapi.json")
                        .expect(200)
                        .json())
                + "\n";
        if (Boolean.getBoolean("slipway.docs.write")) {
            Files.writeString(DOCUMENT, served);
        }

        assertThat(DOCUMENT)
                .as("the document is stale; the class comment says how to write it again")
                .hasContent(served);
    }
}
