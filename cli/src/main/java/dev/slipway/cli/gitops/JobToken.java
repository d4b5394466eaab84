package dev.slipway.cli.gitops;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.command.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The proof that a job is what it says it is. From here on it is hidden in all that this program writes. */
final class JobToken {
    private static final int LONGEST = 64 << 10;
    private static final String STANDARD_INPUT = "-";

    private JobToken() {}

    /** The token in {@code file}, where one is named; else the one that the CI system gives the job. */
    static String find(Invocation invocation, CiSystem system, @Nullable String file, String audience) {
        Surroundings surroundings = invocation.surroundings();
        String token = file != null
                ? read(file, surroundings.directory(), invocation.streams().in())
                : switch (system) {
                    case GITLAB -> ofGitLab(surroundings);
                    case GITHUB, GITEA -> new OidcToken(invocation, system).request(audience);
                    case NONE ->
                        throw CommandException.usage(
                                "not in a job of GitLab CI, GitHub Actions or Gitea Actions",
                                "elsewhere, give --app-repository URL and --job-token-file FILE");
                };
        invocation.terminal().conceal(token);
        return token;
    }

    private static String ofGitLab(Surroundings surroundings) {
        return surroundings
                .variable("CI_JOB_TOKEN")
                .map(String::strip)
                .orElseThrow(() -> CommandException.failed(
                        "CI_JOB_TOKEN is not set", "GitLab sets it in each job; check that it reaches this process"));
    }

    private static String read(String file, Path directory, InputStream standardInput) {
        String source = file.equals(STANDARD_INPUT) ? "standard input" : file;
        try (InputStream in =
                file.equals(STANDARD_INPUT) ? standardInput : Files.newInputStream(directory.resolve(file))) {
            byte[] content = in.readNBytes(LONGEST + 1);
            String token = new String(content, StandardCharsets.UTF_8).strip();
            if (token.isEmpty() || content.length > LONGEST || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw CommandException.failed(
                        "--job-token-file: " + source + " contains no token", "expected one line with the token only");
            }
            return token;
        } catch (NoSuchFileException e) {
            throw CommandException.failed("--job-token-file: no such file: " + source, null);
        } catch (IOException e) {
            throw CommandException.failed("--job-token-file: cannot read " + source + ": " + e.getMessage(), null);
        }
    }
}
