package dev.slipway.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agent.timeline.OutputLine;
import dev.slipway.core.secret.Mask;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource
    void keepsALineTogetherThatRotationCut(AppendedFile.Removal removal, @TempDir Path folder) throws IOException {
        ServiceOutput rotated = new ServiceOutput(folder, removal);
        Path stdout = folder.resolve("service.out");
        Files.writeString(stdout, ".".repeat(16 << 20) + "\nis " + HALF);
        rotated.rotate();
        Files.writeString(stdout, REST + " it is\nnext\n", StandardOpenOption.APPEND);

        List<String> lines = Stream.generate(() -> rotated.newLines(mask))
                .limit((16 << 20) / LONGEST_LINE + 2)
                .flatMap(List::stream)
                .map(OutputLine::text)
                .toList();

        assertThat(lines).endsWith("is *** it is", "next");
        assertThat(rotated.lastLines(mask)).hasSize(3).endsWith("is *** it is", "next");
    }

    @ParameterizedTest
    @EnumSource
    void readsEachLineOnceOverManyRotations(AppendedFile.Removal removal, @TempDir Path folder) throws IOException {
        ServiceOutput rotated = new ServiceOutput(folder, removal);
        Path stdout = Files.createFile(folder.resolve("service.out"));
        List<String> read = new ArrayList<>();
        String text = "x".repeat(1_000);
        int printed = 0;

        for (int round = 0; round < 4; round++) {
            try (Writer out = Files.newBufferedWriter(stdout, StandardOpenOption.APPEND)) {
                for (int line = 0; line < 20_000; line++) {
                    out.write(printed++ + " " + text + "\n");
                }
            }
            rotated.rotate();
            for (List<OutputLine> lines = rotated.newLines(mask); !lines.isEmpty(); lines = rotated.newLines(mask)) {
                lines.forEach(line -> read.add(line.text().replace(text, "").strip()));
            }
        }

        assertThat(read)
                .isEqualTo(IntStream.range(0, printed).mapToObj(String::valueOf).toList());
    }

    @Test
    void goesOnInAFileThatSomethingElseEmptied() throws IOException {
        print("an old line\n");
        assertThat(newLines()).containsExactly("an old line");
        Files.writeString(file, "");

        print("rest\nnew\n");

        assertThat(newLines()).containsExactly("new");
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
