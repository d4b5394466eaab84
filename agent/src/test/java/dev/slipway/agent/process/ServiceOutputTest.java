package dev.slipway.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agent.timeline.OutputLine;
import dev.slipway.core.secret.Mask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceOutputTest {
    private static final String SECRET = "hunter22-hunter23";
    private static final String HALF = SECRET.substring(0, 8);
    private static final String REST = SECRET.substring(8);
    private static final int LONGEST_LINE = 256 << 10;

    private final Mask mask = Mask.of(List.of(SECRET));
    private final Path file;
    private final ServiceOutput output;

    ServiceOutputTest(@TempDir Path folder) {
        this.file = folder.resolve("service.out");
        this.output = new ServiceOutput(folder);
    }

    @Test
    void holdsALineBackUntilItIsComplete() throws IOException {
        print("is " + HALF);
        assertThat(newLines()).isEmpty();

        print(REST + " it is\nnext");
        assertThat(newLines()).containsExactly("is *** it is");
    }

    @Test
    void keepsLinesTogetherThatDoNotFitIntoOneRead() throws IOException {
        String line = "is " + SECRET + "\n";
        int lines = LONGEST_LINE / line.length() + 10;
        print(line.repeat(lines));

        List<String> first = newLines();
        List<String> second = newLines();

        assertThat(first.size() + second.size()).isEqualTo(lines);
        assertThat(first).containsOnly("is ***");
        assertThat(second).isNotEmpty().containsOnly("is ***");
    }

    @Test
    void hidesASecretWhereverTheEndOfTheLongestLineCutsIt() throws IOException {
        for (int kept = 1; kept <= SECRET.length(); kept++) {
            print(".".repeat(LONGEST_LINE - kept) + SECRET);
            assertThat(newLines()).containsExactly(".".repeat(LONGEST_LINE - kept) + "***" + Mask.CUT);

            print(" is it" + ".".repeat(LONGEST_LINE) + SECRET + "\nnext\n");
            assertThat(newLines()).isEmpty();
            assertThat(newLines()).containsExactly("next");
        }
    }

    @Test
    void passesOverTheRestOfALineThatItHasPassedOver() throws IOException {
        print("is " + HALF);
        output.skip();

        print(REST + "\nnext\n");

        assertThat(newLines()).containsExactly("next");
    }

    @Test
    void passesOverTheRestOfALineThatAnEarlierAgentSaw(@TempDir Path folder) throws IOException {
        Path before = folder.resolve("service.out");
        Files.writeString(before, "is " + HALF);
        ServiceOutput next = new ServiceOutput(folder);

        Files.writeString(before, REST + "\nnext\n", StandardOpenOption.APPEND);

        assertThat(next.newLines(mask)).containsExactly(new OutputLine("stdout", "next"));
    }

    @Test
    void endsTheLineInWhoseMiddleAProcessDied() throws IOException {
        print("is " + HALF);
        output.endLines();
        output.endLines();

        print("starting\n");

        assertThat(newLines()).containsExactly("is ***" + Mask.CUT, "starting");
    }

    @Test
    void showsTheLastLinesOfWhatRunsNow() throws IOException {
        print("old\nis " + HALF);
        output.mark();
        assertThat(output.lastLines(mask)).isEmpty();

        print("1\n2\n3\n\n4\n5\n6\n");

        assertThat(output.lastLines(mask)).containsExactly("2", "3", "4", "5", "6");
    }

    @Test
    void hidesTheHalfOfASecretInALineThatIsNotComplete() throws IOException {
        print("first\nis " + HALF);

        assertThat(output.lastLines(mask)).containsExactly("first", "is ***" + Mask.CUT);
    }

    @Test
    void hidesASecretWhereverTheBeginningOfTheLastLinesCutsIt() throws IOException {
        for (int left = 1; left < SECRET.length(); left++) {
            String dots = ".".repeat(LONGEST_LINE - left - 1);
            output.delete();

            print("is " + SECRET + dots + "\n");

            assertThat(output.lastLines(mask)).containsExactly(Mask.CUT + "***" + dots);
        }
    }

    @Test
    void showsNothingOfALineThatRotationCut() throws IOException {
        print(".".repeat(16 << 20) + "\nis " + HALF);
        output.rotate();

        print(REST + " it is\nnext\n");

        assertThat(output.lastLines(mask)).containsExactly(Mask.CUT + "*** it is", "next");
        assertThat(newLines()).containsExactly("next");
    }

    @Test
    void beginsAnewAfterItWasDeleted() throws IOException {
        print("old\nis " + HALF);
        output.delete();

        print("first\n");

        assertThat(newLines()).containsExactly("first");
        assertThat(output.lastLines(mask)).containsExactly("first");
    }

    private List<String> newLines() {
        return output.newLines(mask).stream().map(OutputLine::text).toList();
    }

    private void print(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
