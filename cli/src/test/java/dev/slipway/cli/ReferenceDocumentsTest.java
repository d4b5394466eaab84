package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reference is what the program says about itself. To write it again: {@code mvn -pl cli -am test
 * -Dtest=ReferenceDocumentsTest -Dsurefire.failIfNoSpecifiedTests=false -Dslipway.docs.write=true}.
 */
class ReferenceDocumentsTest {
    private static final Path REFERENCE = Path.of("..", "docs", "reference");

    @TempDir
    Path directory;

    private String say(String... arguments) {
        return new CommandRun(directory).run(arguments).out();
    }

    private static void check(String name, String expected) throws IOException {
        Path file = REFERENCE.resolve(name);
        if (Boolean.getBoolean("slipway.docs.write")) {
            Files.createDirectories(REFERENCE);
            Files.writeString(file, expected);
        }
        assertThat(file)
                .as("the reference is stale; the class comment says how to write it again")
                .hasContent(expected);
    }

    @Test
    void describesEveryCommandAsItsHelpDoes() throws IOException {
        String help = say("help");
        List<String> commands = help.lines()
                .dropWhile(line -> !line.equals("Commands:"))
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                .map(line -> line.strip().split(" ", -1)[0])
                .toList();
        StringBuilder text = new StringBuilder("# Command line\n\n");
        text.append("""
                Written from the program's own help by `ReferenceDocumentsTest`; do not edit.

                Results go to standard output, messages to standard error. On a terminal a deployment is drawn live; in a
                pipe, or where `CI` is set, it is a line per event, and at least one every 30 seconds. `--json` prints one
                JSON document; a deployment's progress then goes to standard error. The id of a deployment may be cut
                short as long as it is unique. What the exit codes mean: [exit-codes.md](exit-codes.md).

                ## Where commands find the API

                | | address | token |
                | --- | --- | --- |
                | 1. options | `--url`, or the stack in `--data DIR` | `--token`, or the stack's |
                | 2. environment | `SLIPWAY_URL`, or the stack in `SLIPWAY_DATA` | `SLIPWAY_TOKEN`, or the stack's |
                | 3. `slipway.yaml`, here or in a directory above | its `url`, or the stack in its `data` | `SLIPWAY_TOKEN`, or the stack's |
                | 4. the user's own stack | the stack in `~/.slipway` | the stack's |

                The first that is there counts. A token is sent only to the address that it belongs to: `SLIPWAY_TOKEN` to
                `SLIPWAY_URL`, a stack's token to that stack.

                """);
        text.append("## slipway\n\n```\n").append(help).append("```\n");
        for (String command : commands) {
            describe(text, command);
            if (command.equals("release")) {
                describe(text, "release", "create");
            }
            if (command.equals("gitops")) {
                describe(text, "gitops", "deploy");
            }
            if (command.equals("secret")) {
                List.of("set", "list", "delete").forEach(below -> describe(text, "secret", below));
            }
        }
        check("cli.md", text.toString());
    }

    private void describe(StringBuilder text, String... command) {
        String[] arguments =
                Stream.concat(Stream.of("help"), Stream.of(command)).toArray(String[]::new);
        text.append("\n## slipway ").append(String.join(" ", command)).append("\n\n```\n");
        text.append(say(arguments)).append("```\n");
    }

    @Test
    void listsEveryExitCode() throws IOException {
        StringBuilder text = new StringBuilder("# Exit codes of the command line\n\n");
        text.append("Written by `ReferenceDocumentsTest` from `ExitCode`; do not edit.\n\n");
        text.append("| code | meaning |\n| ---: | --- |\n");
        for (ExitCode code : ExitCode.values()) {
            text.append("| ")
                    .append(code.number())
                    .append(" | ")
                    .append(code.meaning())
                    .append(" |\n");
        }
        text.append("""

                - `deploy`, `gitops deploy`, `watch` and `rollback` wait for a deployment and end with its outcome. All other
                  commands end with 0, 1, 2 or 4.
                - `dag-deploy`, an alias of `gitops deploy`, ends with 0 where that does, otherwise with 1.
                - A waiting command that receives SIGTERM, for example when CI cancels a job, ends with 143; like Ctrl-C, that
                  does not affect the deployment.
                - A deployment that fails and is rolled back automatically ends with 6; one that fails before it touched
                  anything, whose targets could not all be restored, or that is held and waits for a decision, with 5.
                - `rollback` of a running deployment ends with 0 once it is rolled back.
                - On a paused deployment, the command waits until it is resumed.
                - `status` ends with 0 if the API responds, otherwise with 1.
                """);
        check("exit-codes.md", text.toString());
    }
}
