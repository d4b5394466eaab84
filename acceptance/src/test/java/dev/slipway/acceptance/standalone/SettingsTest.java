package dev.slipway.acceptance.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.ApiProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code slipway explain} knows every setting that a program reads. */
class SettingsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern VARIABLE = Pattern.compile("\"(SLIPWAY_[A-Z_]+)\"");
    private static final Pattern PROPERTY =
            Pattern.compile("(?:\\$\\{|environment\\.getProperty\\(\")(slipway\\.[a-z.-]+)");

    // Agents give them to the services that they start.
    private static final Set<String> OF_SERVICES = Set.of(
            "SLIPWAY_ENVIRONMENT",
            "SLIPWAY_TARGET",
            "SLIPWAY_VERSION",
            "SLIPWAY_DIGEST",
            "SLIPWAY_REVISION",
            "SLIPWAY_INSTANCE");

    // The server's own programs give them to each other.
    private static final Set<String> INTERNAL = Set.of("SLIPWAY_SUPERVISED", "SLIPWAY_STACK_FILE");

    @Test
    void explainsEveryVariableThatAProgramReads() throws IOException {
        assertThat(read(VARIABLE).filter(name -> !OF_SERVICES.contains(name) && !INTERNAL.contains(name)))
                .contains("SLIPWAY_TOKEN", "SLIPWAY_DATA")
                .isSubsetOf(explained());
    }

    @Test
    void explainsEveryPropertyOfTheServerAsAVariable() throws IOException {
        assertThat(Stream.concat(read(PROPERTY), properties(ApiProperties.class, "slipway"))
                        .map(property -> property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_")))
                .hasSizeGreaterThan(10)
                .isSubsetOf(explained());
    }

    private static Set<String> explained() throws IOException {
        return Files.readAllLines(ROOT.resolve("cli/src/main/resources/dev/slipway/cli/manual/settings.txt")).stream()
                .filter(line -> line.startsWith("# "))
                .map(line -> line.substring(2, line.indexOf(" | ")))
                .collect(Collectors.toSet());
    }

    /** What the sources of all programs name. */
    private static Stream<String> read(Pattern pattern) throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules
                    .map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(SettingsTest::texts)
                    .flatMap(text -> pattern.matcher(text).results())
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet())
                    .stream();
        }
    }

    private static Stream<String> texts(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(Files::isRegularFile).map(SettingsTest::text).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> properties(Class<?> type, String prefix) {
        return Arrays.stream(type.getRecordComponents()).flatMap(part -> properties(part, prefix));
    }

    private static Stream<String> properties(RecordComponent part, String prefix) {
        String name = prefix + "." + part.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        return part.getType().isRecord() ? properties(part.getType(), name) : Stream.of(name);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
