package dev.slipway.acceptance.release;

import static dev.slipway.acceptance.stack.Deployments.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.acceptance.docker.ContainerEnvironment;
import dev.slipway.acceptance.docker.ContainerEnvironment.Place;
import dev.slipway.acceptance.docker.ContainerHost;
import dev.slipway.acceptance.docker.Docker;
import dev.slipway.acceptance.docker.ServiceImage;
import dev.slipway.acceptance.stack.Stack;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What a deployment makes of images: containers of just what was released, with a real Docker and a real registry. */
@EnabledIf(value = "dev.slipway.acceptance.docker.Docker#isUsable", disabledReason = Docker.NEEDS)
class DockerIT {
    @Order(1)
    @RegisterExtension
    static final Stack stack = Stack.named("release");

    @Order(2)
    @RegisterExtension
    static final ContainerHost host = new ContainerHost(stack);

    @Test
    void pinsATagToItsDigestWhenTheReleaseIsMade() {
        String digest = host.registry()
                .push("pinned", "stable", ServiceImage.good("v1"))
                .value();
        String repository = host.registry().host() + "/pinned";

        JsonNode release = stack.cli()
                .run("release", "create", "pinned", "v1", "--component", "api=" + repository + ":stable", "--json")
                .expect(0)
                .json();

        JsonNode component = release.path("components").path(0);
        assertThat(component.path("type").asString()).isEqualTo("image");
        assertThat(component.path("repository").asString()).isEqualTo(repository);
        assertThat(component.path("digest").asString()).isEqualTo(digest);
    }

    @Test
    void deploysThePinnedDigestAfterTheTagHasMoved() {
        ContainerEnvironment api = host.environment("moved", 1).apply().release("v1", ServiceImage.good("v1"));
        String other =
                host.registry().push("moved", "v1", ServiceImage.good("not v1")).value();
        assertThat(other).isNotEqualTo(api.digest("v1"));

        JsonNode deployed = api.complete(api.deploy("v1"));

        assertThat(task(deployed, "api-1").path("digest").asString()).isEqualTo(api.digest("v1"));
        assertThat(api.deployedDigests()).containsExactly(api.digest("v1"));
        assertThat(api.answers()).containsExactly("v1");
    }

    @Test
    void runsThePinnedImageAsTheManifestSays() {
        ContainerEnvironment api = host.environment("contained", 2).apply().release("v1", ServiceImage.good("v1"));

        JsonNode deployed = api.complete(api.deploy("v1"));

        assertThat(api.answers()).containsExactly("v1", "v1");
        assertThat(api.containers()).hasSize(2);
        for (String target : List.of("api-1", "api-2")) {
            Place place = api.place(target);
            assertThat(task(deployed, target).path("digest").asString()).isEqualTo(api.digest("v1"));
            assertThat(Docker.run("image", "inspect", "--format", "{{.RepoDigests}}", place.inspect("{{.Image}}")))
                    .contains(api.repository() + "@" + api.digest("v1"));
            assertThat(place.inspect("{{.HostConfig.NanoCpus}} {{.HostConfig.Memory}}"))
                    .isEqualTo("500000000 67108864");
            assertThat(place.inspect("{{.HostConfig.RestartPolicy.Name}}")).isEqualTo("unless-stopped");
            assertThat(place.inspect("{{json .Config.Labels}}"))
                    .contains(
                            "\"slipway.deployment\":\"" + deployed.path("id").asString() + "\"",
                            "\"slipway.digest\":\"" + api.digest("v1") + "\"",
                            "\"slipway.environment\":\"contained\"",
                            "\"slipway.target\":\"" + target + "\"");
        }
    }

    @Test
    void publishesOnlyThePortsOfTheManifestAndOnlyOnLoopback() {
        ContainerEnvironment api =
                host.environment("published", 1).healthyOverTcp().apply().release("v1", ServiceImage.good("v1"));
        Place place = api.place("api-1");

        api.complete(api.deploy("v1"));

        String published = "{\"8080/tcp\":[{\"HostIp\":\"127.0.0.1\",\"HostPort\":\"%d\"}]}".formatted(place.port());
        assertThat(place.inspect("{{json .HostConfig.PortBindings}}")).isEqualTo(published);
        assertThat(place.inspect("{{json .NetworkSettings.Ports}}")).isEqualTo(published);
    }

    @Test
    void leavesContainersAloneThatRunTheReleaseAlreadyAndSaysSo() {
        ContainerEnvironment api = host.environment("again", 2).apply().release("v1", ServiceImage.good("v1"));
        api.complete(api.deploy("v1"));
        List<String> before = api.containers();

        JsonNode again = api.complete(api.deploy("v1"));

        assertThat(again.path("reason").asString()).startsWith("Nothing to do");
        assertThat(api.containers()).isEqualTo(before);
    }

    @Test
    void makesNewContainersOfTheSameReleaseWhenItIsForced() {
        ContainerEnvironment api = host.environment("forced", 2).apply().release("v1", ServiceImage.good("v1"));
        api.complete(api.deploy("v1"));
        List<String> before = api.containers();

        stack.cli().run("deploy", "forced@v1", "--to", "forced", "--force").expect(0);

        assertThat(api.containers()).hasSize(2).doesNotContainAnyElementsOf(before);
        assertThat(api.answers()).containsExactly("v1", "v1");
    }

    @Test
    void returnsToTheImageThatCompletedBefore() {
        ContainerEnvironment api = host.environment("returned", 2)
                .apply()
                .release("v1", ServiceImage.good("v1"))
                .release("v2", ServiceImage.good("v2"));
        api.complete(api.deploy("v1"));
        JsonNode second = api.complete(api.deploy("v2"));

        stack.cli().run("rollback", second.path("id").asString()).expect(0);

        assertThat(api.answers()).containsExactly("v1", "v1");
        assertThat(api.deployedDigests()).containsExactly(api.digest("v1"), api.digest("v1"));
    }
}
