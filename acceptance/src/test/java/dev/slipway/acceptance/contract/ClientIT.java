package dev.slipway.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.sample.Archive;
import dev.slipway.acceptance.sample.SampleEnvironment;
import dev.slipway.acceptance.sample.SampleEnvironment.Place;
import dev.slipway.acceptance.sample.SampleService;
import dev.slipway.acceptance.stack.Stack;
import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiException;
import dev.slipway.client.api.ApplyApi;
import dev.slipway.client.api.ArtifactsApi;
import dev.slipway.client.api.DeploymentsApi;
import dev.slipway.client.api.ReleasesApi;
import dev.slipway.client.model.ComponentRequest;
import dev.slipway.client.model.DeploymentRequest;
import dev.slipway.client.model.DeploymentStatus;
import dev.slipway.client.model.Environment;
import dev.slipway.client.model.EnvironmentTargetsInner;
import dev.slipway.client.model.EnvironmentTargetsInnerOneOf;
import dev.slipway.client.model.EnvironmentTargetsInnerOneOfHealth;
import dev.slipway.client.model.EnvironmentTargetsInnerOneOfHealthOneOf;
import dev.slipway.client.model.Manifest;
import dev.slipway.client.model.ReleaseDeployment;
import dev.slipway.client.model.ReleaseRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that is generated from the OpenAPI document, and nothing else, deploys. */
class ClientIT {
    @RegisterExtension
    static final Stack stack = Stack.named("contract");

    private static ApiClient client() {
        ApiClient client = new ApiClient();
        client.updateBaseUri(stack.stackFile().path("url").asString());
        client.setRequestInterceptor(ClientIT::authorize);
        return client;
    }

    /** The generator has its client send the name of a file, as JSON, instead of what is in it. */
    private static ApiClient uploading(Archive archive) {
        ApiClient client = client();
        client.setRequestInterceptor(
                request -> authorize(request).method("PATCH", BodyPublishers.ofByteArray(archive.bytes())));
        return client;
    }

    private static HttpRequest.Builder authorize(HttpRequest.Builder request) {
        return request.header("Authorization", "Bearer " + stack.secret("token"));
    }

    @Test
    void deploysWithAGeneratedClient() throws ApiException {
        SampleEnvironment web = SampleEnvironment.of(stack, "client", 1);
        Archive archive = SampleService.good("v1");
        String digest = archive.digest().value();

        new ApplyApi(client()).apply(List.of(new Manifest(environment(web.place("web-1")))), null);
        new ArtifactsApi(uploading(archive)).uploadArtifact(digest, 0L, (long) archive.bytes().length, null);
        new ReleasesApi(client())
                .createRelease(new ReleaseRequest()
                        .name("client")
                        .version("v1")
                        .components(List.of(new ComponentRequest().name("web").archive(digest))));
        DeploymentsApi deployments = new DeploymentsApi(client());
        String id = deployments
                .createDeployment(new DeploymentRequest().release("client@v1").environment("client"), "client-1")
                .getId();
        ReleaseDeployment ended = await().atMost(Stack.SOON)
                .until(
                        () -> deployments.getDeployment(id).getReleaseDeployment(),
                        deployment -> deployment.getEndedAt() != null);

        assertThat(ended.getStatus()).isEqualTo(DeploymentStatus.COMPLETED);
        assertThat(ended.getErrorType()).isNull();
        assertThat(ended.getTasks()).hasSize(1);
        assertThat(web.answer("web-1")).isEqualTo("v1");
    }

    @Test
    void tellsAGeneratedClientWhatIsWrong() {
        DeploymentsApi deployments = new DeploymentsApi(client());

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> deployments.getDeployment("zzzz"))
                .satisfies(e -> {
                    assertThat(e.getCode()).isEqualTo(404);
                    assertThat(e.getResponseBody()).contains("urn:slipway:problem:unknown-deployment");
                });
    }

    private static Environment environment(Place place) {
        return new Environment()
                .kind("Environment")
                .name("client")
                .addTargetsItem(new EnvironmentTargetsInner(new EnvironmentTargetsInnerOneOf()
                        .name(place.target())
                        .node(place.node())
                        .runtime("process")
                        .component("web")
                        .directory(place.directory().toString())
                        .command(List.of("./start", String.valueOf(place.port())))
                        .health(new EnvironmentTargetsInnerOneOfHealth(new EnvironmentTargetsInnerOneOfHealthOneOf()
                                .type("http")
                                .url("http://127.0.0.1:" + place.port() + "/")
                                .expectedBody("${version}")
                                .retries(12)
                                .interval("250ms")))));
    }
}
