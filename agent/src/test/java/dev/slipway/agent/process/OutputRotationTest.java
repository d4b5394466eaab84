package dev.slipway.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutputRotationTest {
    private static final long LARGEST = 1 << 20;
    private static final int PARTS = 30;
    private static final int PART = 500_000;

    /** What {@code seq} prints, checked number by number. */
    private static final class Sequence {
        private long next = 1;
        private String half = "";

        void add(byte[] bytes) {
            String text = half + new String(bytes, StandardCharsets.US_ASCII);
            int end = text.lastIndexOf('\n') + 1;
            half = text.substring(end);
            text.substring(0, end)
                    .lines()
                    .forEach(line -> assertThat(Long.parseLong(line)).isEqualTo(next++));
        }
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"COLLAPSE", "PUNCH"})
    void losesNoLineOfAProcessThatPrintsAtFullSpeed(AppendedFile.Removal removal) throws Exception {
        Path path = Files.createFile(folder.resolve("service.out"));
        AppendedFile file = new AppendedFile(path, removal);
        List<Path> rotated = new ArrayList<>();

        for (int part = 0; part < PARTS; part++) {
            Process seq = print(path, part * PART + 1, (part + 1) * PART);
            boolean printing = true;
            while (printing) {
                printing = seq.isAlive();
                long before = file.begin();
                file.rotate(LARGEST);
                if (file.begin() > before) {
                    rotated.add(Files.move(former(), folder.resolve("rotated-" + rotated.size())));
                }
            }
        }

        Sequence all = new Sequence();
        for (Path each : rotated) {
            all.add(Files.readAllBytes(each));
        }
        all.add(file.read(file.begin(), (int) (file.length() - file.begin())));
        assertThat(all.next).isEqualTo(PARTS * PART + 1);
        assertThat(rotated).hasSizeGreaterThanOrEqualTo(PARTS);
    }

    @ParameterizedTest
    @EnumSource
    void readsOnOverTheCut(AppendedFile.Removal removal) throws Exception {
        Path path = Files.createFile(folder.resolve("service.out"));
        AppendedFile file = new AppendedFile(path, removal);
        print(path, 1, 500_000).waitFor();
        byte[] all = Files.readAllBytes(path);

        file.rotate(LARGEST);

        assertThat(file.length()).isEqualTo(all.length);
        assertThat(file.first()).isZero();
        assertThat(file.read(0, all.length)).isEqualTo(all);
        int cut = (int) file.begin();
        assertThat(file.read(cut - 2, 4)).isEqualTo(Arrays.copyOfRange(all, cut - 2, Math.min(cut + 2, all.length)));
    }

    @ParameterizedTest
    @EnumSource
    void startsWhereAnEarlierAgentCut(AppendedFile.Removal removal) throws Exception {
        Path path = Files.createFile(folder.resolve("service.out"));
        AppendedFile earlier = new AppendedFile(path, removal);
        print(path, 1, 500_000).waitFor();
        earlier.rotate(LARGEST);
        byte[] left = earlier.read(earlier.begin(), (int) (earlier.length() - earlier.begin()));

        AppendedFile next = new AppendedFile(path, removal);
        byte[] taken = next.read(next.begin(), (int) (next.length() - next.begin()));

        assertThat(taken).isEqualTo(left);
    }

    @Test
    void isRepeatedByTheNextAgentWhereOneDiedBeforeTheRemoval() throws Exception {
        Path path = Files.createFile(folder.resolve("service.out"));
        print(path, 1, 300_000).waitFor();
        Files.copy(path, former());
        AppendedFile file = new AppendedFile(path, AppendedFile.Removal.COLLAPSE);
        Sequence all = new Sequence();

        file.rotate(LARGEST);

        all.add(Files.readAllBytes(former()));
        all.add(Files.readAllBytes(path));
        assertThat(all.next).isEqualTo(300_001);
    }

    @Test
    void givesTheSpaceBack() throws Exception {
        Path path = Files.createFile(folder.resolve("service.out"));
        AppendedFile file = new AppendedFile(path, AppendedFile.Removal.COLLAPSE);
        print(path, 1, 500_000).waitFor();

        file.rotate(LARGEST);

        assertThat(Files.size(path)).isLessThan(LARGEST);
        assertThat(file.begin()).isEqualTo(Files.size(former()));
    }

    private Path former() {
        return folder.resolve("service.out.1");
    }

    private static Process print(Path path, int first, int last) throws IOException {
        return new ProcessBuilder("seq", String.valueOf(first), String.valueOf(last))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(path.toFile()))
                .start();
    }
}
