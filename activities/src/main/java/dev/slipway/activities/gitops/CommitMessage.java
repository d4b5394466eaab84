package dev.slipway.activities.gitops;

import dev.slipway.workflows.gitops.ChartChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Commit messages, with the trailers by which commits are found again. */
final class CommitMessage {
    static final String DEPLOYMENT = "Slipway-Deployment";
    static final String REVERTS = "Slipway-Reverts";
    static final Set<String> TRAILERS = Set.of(DEPLOYMENT, REVERTS);

    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_TEXT = 1_000;
    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");
    private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+");

    private CommitMessage() {}

    /** The trailer that the commit of {@code change} has and no other. */
    static String trailer(ChartChange change) {
        return switch (change) {
            case ChartChange.Replace _ -> DEPLOYMENT;
            case ChartChange.Revert _ -> REVERTS;
        };
    }

    static String of(ChartChange change) {
        List<String> trailers = new ArrayList<>();
        trailers.add(trailer(change) + ": " + change.deployment());
        return switch (change) {
            case ChartChange.Replace replace -> {
                replace.trailers().forEach((key, value) -> addTrailer(trailers, key, value));
                yield message(List.of(subject(replace)), trailers);
            }
            case ChartChange.Revert revert -> {
                List<String> paragraphs = new ArrayList<>();
                paragraphs.add("Revert deployment " + revert.deployment());
                if (revert.reason() != null
                        && !line(revert.reason(), LONGEST_TEXT).isEmpty()) {
                    paragraphs.add(line(revert.reason(), LONGEST_TEXT));
                }
                paragraphs.add("This reverts commit " + line(revert.commit(), LONGEST_TEXT) + ".");
                yield message(paragraphs, trailers);
            }
        };
    }

    private static String subject(ChartChange.Replace replace) {
        String subject = line(replace.subject(), LONGEST_SUBJECT);
        return subject.isEmpty() ? "Deploy " + line(replace.path(), LONGEST_SUBJECT) : subject;
    }

    private static void addTrailer(List<String> trailers, String key, String value) {
        String text = line(value, LONGEST_TEXT);
        boolean ours = TRAILERS.stream().anyMatch(key::equalsIgnoreCase);
        if (!ours && KEY.matcher(key).matches() && !text.isEmpty()) {
            trailers.add(key + ": " + text);
        }
    }

    private static String message(List<String> paragraphs, List<String> trailers) {
        return String.join("\n\n", paragraphs) + "\n\n" + String.join("\n", trailers) + "\n";
    }

    /** Nothing in it can be taken for a paragraph or a trailer of its own. */
    private static String line(String text, int longest) {
        String line = NO_TEXT.matcher(text).replaceAll(" ").strip();
        return line.length() <= longest
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, longest)));
    }
}
