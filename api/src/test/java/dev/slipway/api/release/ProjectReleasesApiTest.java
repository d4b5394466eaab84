package dev.slipway.api.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Api;
import dev.slipway.api.ApiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A release belongs to a project, and is deployed there. */
@ApiTest
class ProjectReleasesApiTest {
    @LocalServerPort
    private int port;

    private Api api = Api.asOperator(0);

    @BeforeEach
    void declare() {
        api = Api.asOperator(port);
        api.apply("""
                        kind: Project
                        name: owner
                        ---
                        kind: Environment
                        project: owner
                        name: live
                        targets:
                          - {name: owned, node: n, runtime: docker, component: c, container: owned}
                        """).expect(200);
    }

    @Test
    void keepsReleasesOfOneNameApart() {
        create("/api/releases", "owned", "v1", "r.example/plain:1").expect(201);

        Api.Answer answer = create("/api/projects/owner/releases", "owned", "v1", "r.example/theirs:1")
                .expect(201);

        assertThat(answer.json().path("project").asString()).isEqualTo("owner");
        assertThat(repository("/api/releases/owned/v1")).isEqualTo("r.example/plain");
        assertThat(repository("/api/projects/owner/releases/owned/v1")).isEqualTo("r.example/theirs");
        assertThat(api.get("/api/projects/owner/releases").expect(200).text()).doesNotContain("plain");
        assertThat(api.get("/api/projects/owner/releases/owned").expect(200).text())
                .doesNotContain("plain");
    }

    @Test
    void takesAShortNameForAReleaseOfTheEnvironmentsProject() {
        create("/api/projects/owner/releases", "short", "v1", "r.example/i:1").expect(201);

        assertThat(deploy("short@v1").expect(202).json().path("release").asString())
                .isEqualTo("owner/short@v1");
        assertThat(deploy("owner/short@v1").expect(202).json().path("project").asString())
                .isEqualTo("owner");
    }

    @Test
    void refusesAReleaseOfAnotherProject() {
        create("/api/releases", "foreign", "v1", "r.example/i:1").expect(201);

        assertThat(deploy("default/foreign@v1").problem(422, "invalid-input"))
                .contains("\"foreign@v1\" is a release of project \"default\"", "\"owner/live\"");
        assertThat(deploy("foreign@v1").problem(404, "unknown-release")).contains("\"owner/foreign@v1\"");
    }

    @Test
    void knowsNoVersionsOfANameThatHasNoneWhereverAPageBegins() {
        api.get("/api/projects/owner/releases/none?cursor=a%40v1").problem(404, "unknown-release");
    }

    @Test
    void pagesThroughTheReleasesOfAProject() {
        create("/api/projects/owner/releases", "paged", "v1", "r.example/i:1").expect(201);
        create("/api/projects/owner/releases", "paged", "v2", "r.example/i:1").expect(201);

        Api.Answer first = api.get("/api/projects/owner/releases/paged?limit=1").expect(200);
        Api.Answer second = api.get("/api/projects/owner/releases/paged?limit=1&cursor="
                        + first.json().path("next").asString().replace("/", "%2F"))
                .expect(200);

        assertThat(first.json().at("/items/0/version").asString()).isEqualTo("v2");
        assertThat(second.json().at("/items/0/version").asString()).isEqualTo("v1");
    }

    @Test
    void saysThatThereIsNoSuchProject() {
        create("/api/projects/nobody/releases", "web", "v1", "r.example/i:1").problem(404, "unknown-project");
        api.get("/api/projects/nobody/releases").problem(404, "unknown-project");
        api.get("/api/projects/nobody/releases/web").problem(404, "unknown-project");
        api.get("/api/projects/nobody/releases/web/v1").problem(404, "unknown-project");
        assertThat(api.get("/api/projects/owner/releases/nothing").problem(404, "unknown-release"))
                .contains("\"owner/nothing\"");
    }

    private Api.Answer create(String route, String name, String version, String image) {
        return api.post(
                route,
                "{\"name\":\"%s\",\"version\":\"%s\",\"components\":[{\"name\":\"c\",\"image\":\"%s\"}]}"
                        .formatted(name, version, image));
    }

    private Api.Answer deploy(String release) {
        return api.post("/api/deployments", "{\"release\":\"" + release + "\",\"environment\":\"owner/live\"}");
    }

    private String repository(String route) {
        return api.get(route).expect(200).json().at("/components/0/repository").asString();
    }
}
