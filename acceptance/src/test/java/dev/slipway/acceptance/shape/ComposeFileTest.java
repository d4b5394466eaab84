package dev.slipway.acceptance.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.acceptance.stack.Command;
import dev.slipway.acceptance.stack.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docker-compose.yml promises to whoever runs it as it is. */
class ComposeFileTest {
    private static final Pattern SECRET = Pattern.compile("PASSWORD|PASSWD|PWD|TOKEN|SECRET|KEY");
    private static final Pattern REQUIRED = Pattern.compile("\\$\\{[A-Z_]+:\\?[^}]+}");
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{?([A-Z_]+)([^}]*)");
    private static final List<String> ENV_FILE =
            List.of("SLIPWAY_DATABASE_PASSWORD=one", "TEMPORAL_DATABASE_PASSWORD=two");

    private final ComposeFile compose = ComposeFile.read();

    @Test
    void asksForEveryPasswordAndHasNoDefaultForAny() {
        int passwords = 0;
        for (Map<String, Object> service : compose.services().values()) {
            for (Map.Entry<String, String> variable :
                    ComposeFile.environment(service).entrySet()) {
                String name = variable.getKey();
                if (SECRET.matcher(name).find() && !name.endsWith("_FILE")) {
                    assertThat(variable.getValue()).as(name).matches(REQUIRED);
                    passwords++;
                }
            }
        }
        // Of both databases, and of those who ask them: the api, the workers and Temporal.
        assertThat(passwords).isEqualTo(5);
    }

    @Test
    void givesNoSecretOfTheEnvironmentADefaultAnywhere() {
        Matcher variables = VARIABLE.matcher(ComposeFile.text());
        while (variables.find()) {
            if (SECRET.matcher(variables.group(1)).find()) {
                assertThat(variables.group(2)).as(variables.group()).startsWith(":?");
            }
        }
    }

    /** Compose refuses to give a secret that is no file to a service that is read-only. */
    @Test
    void keepsSecretsInFilesThatItDoesNotBring() {
        assertThat(compose.secrets()).hasSize(4);
        compose.secrets()
                .values()
                .forEach(secret -> assertThat(secret.toString()).matches("\\{file=\\./secrets/[a-z-]+}"));
        for (String server : List.of("api", "worker")) {
            assertThat(ComposeFile.list(compose.service(server), "secrets"))
                    .as(server)
                    .containsAll(compose.secrets().keySet());
        }
        assertThat(ComposeFile.list(compose.service("agent"), "secrets"))
                .containsExactly("slipway_agent_token", "slipway_payload_key");
    }

    @Test
    void confinesWhatRunsOurImage() throws IOException {
        assertThat(compose.ownServices()).containsOnlyKeys("api", "worker", "agent");
        compose.ownServices().forEach((name, service) -> {
            assertThat(ComposeFile.confinement(service))
                    .as(name)
                    .contains("--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges:true");
            // The Dockerfile says who it is, if nothing else does.
            assertThat(service).as(name).doesNotContainKey("user");
        });
        assertThat(Files.readAllLines(Distribution.repository().resolve("Dockerfile")))
                .filteredOn(line -> line.startsWith("USER "))
                .containsExactly("USER 10001:10001");
    }

    @Test
    void givesNobodyPowerOverTheMachine() {
        compose.services().forEach((name, service) -> {
            assertThat(service).as(name).doesNotContainEntry("privileged", true);
            assertThat(service)
                    .as(name)
                    .doesNotContainKeys("cap_add", "devices", "network_mode", "pid", "ipc", "userns_mode");
            assertThat(ComposeFile.list(service, "volumes")).as(name).noneMatch(volume -> volume.matches("[./~$].*"));
        });
    }

    @Test
    void listensOnLoopbackUnlessAskedOtherwise() {
        assertThat(compose.services().keySet())
                .filteredOn(name -> compose.service(name).containsKey("ports"))
                .containsExactlyInAnyOrder("ingress", "temporal", "temporal-ui");
        assertThat(ComposeFile.list(compose.service("temporal-ui"), "ports"))
                .isNotEmpty()
                .allMatch(port -> port.startsWith("127.0.0.1:"));
        assertThat(ComposeFile.list(compose.service("ingress"), "ports"))
                .isNotEmpty()
                .allMatch(port -> port.startsWith("${SLIPWAY_LISTEN:-127.0.0.1:8400}:"));
        assertThat(ComposeFile.list(compose.service("temporal"), "ports"))
                .isNotEmpty()
                .allMatch(port -> port.startsWith("${TEMPORAL_LISTEN:-127.0.0.1:7233}:"));
        for (String inner : List.of("database", "temporal-database", "worker")) {
            assertThat(ComposeFile.list(compose.service(inner), "networks"))
                    .as(inner)
                    .containsExactly("backend");
        }
        assertThat(compose.networks().get("backend")).isEqualTo(Map.of("internal", true));
    }

    @Test
    void isValidForDockerCompose(@TempDir Path folder) throws IOException {
        assumeTrue(composes("version").exitCode() == 0, "needs docker compose");
        String file = Distribution.repository().resolve("docker-compose.yml").toString();
        Path all = Files.write(folder.resolve("all.env"), ENV_FILE);

        composes("--env-file", all.toString(), "--file", file, "config", "--quiet")
                .expect(0);

        for (String missing : ENV_FILE) {
            Path others = Files.write(
                    folder.resolve("others.env"),
                    ENV_FILE.stream().filter(line -> !line.equals(missing)).toList());
            Command.Result refused = composes("--env-file", others.toString(), "--file", file, "config", "--quiet");
            assertThat(refused.exitCode()).as("%s", refused).isNotZero();
            assertThat(refused.errors()).contains(missing.substring(0, missing.indexOf('=')));
        }
    }

    private static Command.Result composes(String... arguments) {
        String[] command = new String[arguments.length + 2];
        command[0] = "docker";
        command[1] = "compose";
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        return Command.run(command);
    }
}
