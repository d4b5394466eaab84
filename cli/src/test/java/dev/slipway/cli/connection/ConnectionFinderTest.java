package dev.slipway.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.ExitCode;
import dev.slipway.cli.command.GlobalOptions;
import dev.slipway.cli.command.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ConnectionFinderTest {
    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();
    private Path project = Path.of("");

    @Command
    private static final class WithOptions {
        @Mixin
        GlobalOptions options = new GlobalOptions();
    }

    @BeforeEach
    void prepare() throws IOException {
        project = Files.createDirectories(home.resolve("work/project/deep"));
    }

    private Path stack(Path data, String url, String token) throws IOException {
        Files.createDirectories(data);
        Files.writeString(
                data.resolve("stack.json"),
                "{\"state\":\"ready\",\"url\":\"" + url + "\",\"tokenFile\":\"" + data.resolve("token") + "\"}");
        Files.writeString(data.resolve("token"), token + "\n");
        return data;
    }

    private Connection find(String... options) {
        WithOptions given = new WithOptions();
        new CommandLine(given).parseArgs(options);
        return new ConnectionFinder(given.options, new Surroundings(environment, project, home)).find();
    }

    private CommandException refusal(String... options) {
        return catchThrowableOfType(CommandException.class, () -> find(options));
    }

    private static void assertIs(Connection connection, String url, String token) {
        assertThat(connection.url().toString()).isEqualTo(url);
        assertThat(connection.token()).isEqualTo(token);
    }

    @Test
    void takesOptionsBeforeEnvironmentBeforeProjectBeforeTheUsersOwnStack() throws IOException {
        stack(home.resolve(".slipway"), "http://users", "t-users");
        assertIs(find(), "http://users", "t-users");

        Files.writeString(home.resolve("work/slipway.yaml"), "data: ./stack\n");
        stack(home.resolve("work/stack"), "http://project", "t-project");
        assertIs(find(), "http://project", "t-project");

        environment.put(
                "SLIPWAY_DATA",
                stack(home.resolve("env"), "http://env-data", "t-env-data").toString());
        assertIs(find(), "http://env-data", "t-env-data");

        environment.put("SLIPWAY_URL", "https://env-url/");
        environment.put("SLIPWAY_TOKEN", "t-env");
        assertIs(find(), "https://env-url", "t-env");

        assertIs(
                find(
                        "--data",
                        stack(home.resolve("flag"), "http://flag-data", "t-flag-data")
                                .toString()),
                "http://flag-data",
                "t-flag-data");
        assertIs(find("--url", "https://flag-url", "--token", "t-flag"), "https://flag-url", "t-flag");
    }

    @Test
    void sendsNoTokenOfAnotherAddress() throws IOException {
        stack(home.resolve(".slipway"), "http://users", "t-users");
        environment.put("SLIPWAY_URL", "http://elsewhere");

        assertThat(refusal().exitCode()).isEqualTo(ExitCode.NOT_AUTHORISED);
        assertThat(refusal().text()).isEqualTo("no token for http://elsewhere");

        environment.put("SLIPWAY_TOKEN", "t-elsewhere");
        assertThat(refusal("--url", "http://third").exitCode()).isEqualTo(ExitCode.NOT_AUTHORISED);
    }

    @Test
    void findsTheTokenOfAStackByItsAddressToo() throws IOException {
        stack(home.resolve(".slipway"), "http://users", "t-users");

        assertIs(find("--url", "http://users/"), "http://users", "t-users");
    }

    @Test
    void readsNoTokenFileOutsideOfTheDataDirectory() throws IOException {
        Path secret = Files.writeString(home.resolve("secret"), "hands off");
        Path data = Files.createDirectories(home.resolve("hostile"));
        Files.writeString(data.resolve("stack.json"), "{\"url\":\"http://evil\",\"tokenFile\":\"" + secret + "\"}");

        assertThat(refusal("--data", data.toString()).exitCode()).isEqualTo(ExitCode.NOT_AUTHORISED);

        Files.createSymbolicLink(data.resolve("token"), secret);
        Files.writeString(data.resolve("stack.json"), "{\"url\":\"http://evil\",\"tokenFile\":\"token\"}");
        assertThat(refusal("--data", data.toString()).exitCode()).isEqualTo(ExitCode.NOT_AUTHORISED);
    }

    @Test
    void refusesATokenAndUnknownSettingsInTheProjectsFile() throws IOException {
        Path file = home.resolve("work/project/slipway.yaml");
        Files.writeString(file, "url: http://a\ntoken: x\n");
        assertThat(refusal().text()).contains("token: does not belong");

        Files.writeString(file, "urll: http://a\n");
        assertThat(refusal().text()).contains("urll: unknown setting");
    }

    @Test
    void passesOverAManifestOfThatName() throws IOException {
        Files.writeString(home.resolve("work/slipway.yaml"), "url: http://project\n");
        Files.writeString(project.resolve("slipway.yaml"), "kind: Environment\nname: staging\n");
        environment.put("SLIPWAY_TOKEN", "t");

        assertIs(find(), "http://project", "t");
    }

    @Test
    void saysHowToStartAStackWhereThereIsNone() {
        assertThat(refusal().text()).isEqualTo("no stack in " + home.resolve(".slipway"));
        assertThat(refusal().hint()).contains("slipway up");
    }

    @Test
    void refusesWhatIsNoAddress() {
        for (String url :
                new String[] {"localhost:8080", "ftp://a", "http://", "http://user:pass@host", "http://a b"}) {
            assertThat(refusal("--url", url).exitCode()).as(url).isEqualTo(ExitCode.USAGE);
        }
    }
}
