package dev.slipway.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users read uses the terms of the field: messages, help, settings, log lines and documents of all modules. */
class WordingTest {
    private static final Path ROOT = Path.of("..");

    private static final Set<String> UNREAD = Set.of("target", "node_modules", ".git", "test", "db");

    private static final Pattern MAIN =
            Pattern.compile("\\./[^/]+/src/main/(.+\\.java|.*/messages\\.properties|.*/settings\\.txt)");
    private static final Pattern DOCUMENT = Pattern.compile("\\./(docs/.+\\.(md|yml)|bench/README\\.md|[A-Z]+\\.md)");
    private static final Pattern SCRIPT = Pattern.compile("\\./(slipway|distribution/[^/]+\\.sh)");

    // Whatever else could hold a quote comes first, so that the literals of a source are exactly what is left.
    private static final Pattern LITERAL = Pattern.compile(
            "//[^\n]*|/\\*.*?\\*/|'(?:\\\\.|[^'\\\\])+'|(\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\])*+\")", Pattern.DOTALL);
    private static final Pattern SAID = Pattern.compile("\\b(?:say|echo) (\"[^\"]*\")");
    private static final Pattern ALL = Pattern.compile("(.+)", Pattern.DOTALL);

    private static final List<Idiom> IDIOMS = List.of(
            idiom(
                    "(?<!there\\s)(?:is|are|was) no (?!longer|more)",
                    "invalid release \"web\": expected …, or: is not a …"),
            idiom("whoever|some(?:body|one)|anybody|nobody|no one", "the user's name or role, or the passive"),
            idiom("as told", "completed, as expected"),
            idiom("tells?|told|telling", "reports, shows, notifies, specifies"),
            idiom("(?:the|its|whole) story", "timeline, events"),
            idiom("asked (?:to|for)|asks? for patience", "requested, rate-limited"),
            idiom("for good", "permanently"),
            idiom("in vain", "without success, failed"),
            idiom("of (?:its|their|your|our) own", "its own …, a separate …, an existing …"),
            idiom("there (?:is|was) nothing to", "nothing to …"),
            idiom("lets? (?:\\w+ )?in", "allows, accepts"),
            idiom("g(?:ives?|ave|iven|iving) way", "is superseded, is canceled"),
            idiom("(?:its|their) turn", "queued, waiting for the lock of …"),
            idiom(
                    "(?:go|goes|went|going|gone|brought|brings?|takes?|taken|took) (?:\\w+ )?back",
                    "rolls back, restores"),
            idiom("(?:comes?|came|coming) (?:not )?to run", "becomes ready"),
            idiom("f(?:e|a)lls? silent", "lost contact with …"),
            idiom("comes? too late|was there before", "stale, already applied (fencing)"),
            idiom("go(?:es)? on behind", "trailing data after …"),
            idiom("genuine", "verified"),
            idiom("by itself", "automatically"),
            idiom("the world moved", "changed since the plan was made"),
            idiom("leads? out of", "escapes"),
            idiom("mend(?:s|ed)?", "fix"),
            idiom("a person (?:acts|decides)|for a person", "waiting for a decision"),
            idiom("should not happen", "internal error"),
            idiom("of the right form", "malformed"),
            idiom("half a character", "an unpaired surrogate"),
            idiom("the end of the database", "name the record, or: the status in the database"));

    private static final Pattern ANY = Pattern.compile(
            IDIOMS.stream().map(Idiom::words).collect(Collectors.joining("|", "\\b(?:", ")\\b")),
            Pattern.CASE_INSENSITIVE);

    @Test
    void usesTheTermsOfTheField() throws IOException {
        List<String> found = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return UNREAD.contains(String.valueOf(folder.getFileName()))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                idioms(file).forEach(found::add);
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(found).as("idioms to replace by the terms of the field").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"web\" is no release",
                "Somebody resumes it",
                "demo: all of it went as told",
                "It is its turn in staging",
                "the targets go back",
                "it may pass by itself"
            })
    void findsAnIdiom(String text) {
        assertThat(IDIOMS).anyMatch(idiom -> idiom.pattern().matcher(text).find());
    }

    @ParameterizedTest
    @ValueSource(strings = {"there is no release \"web\"", "storytelling", "it is no longer healthy", "let the index"})
    void leavesPlainWordsAlone(String text) {
        assertThat(IDIOMS).noneMatch(idiom -> idiom.pattern().matcher(text).find());
    }

    private static Stream<String> idioms(Path file) {
        String path = "./" + ROOT.relativize(file).toString().replace('\\', '/');
        if (MAIN.matcher(path).matches()) {
            return idioms(path, file, path.endsWith(".java") ? LITERAL : ALL);
        }
        if (SCRIPT.matcher(path).matches()) {
            return idioms(path, file, SAID);
        }
        return DOCUMENT.matcher(path).matches() ? idioms(path, file, ALL) : Stream.empty();
    }

    private static Stream<String> idioms(String path, Path file, Pattern readable) {
        String text = text(file);
        return readable.matcher(text)
                .results()
                .filter(part ->
                        part.group(1) != null && ANY.matcher(part.group(1)).find())
                .flatMap(part -> IDIOMS.stream()
                        .flatMap(idiom -> idiom.pattern()
                                .matcher(part.group(1))
                                .results()
                                .map(found -> describe(path, text, part, found, idiom))));
    }

    private static String describe(String path, String text, MatchResult part, MatchResult found, Idiom idiom) {
        long line = text.substring(0, part.start(1) + found.start()).lines().count();
        return "%s:%d: \"%s\": write %s"
                .formatted(path.substring(2), Math.max(1, line), found.group(), idiom.instead());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Idiom idiom(String words, String instead) {
        String anySpace = words.replace(" ", "\\s+");
        return new Idiom(anySpace, Pattern.compile("\\b(?:" + anySpace + ")\\b", Pattern.CASE_INSENSITIVE), instead);
    }

    private record Idiom(String words, Pattern pattern, String instead) {}
}
