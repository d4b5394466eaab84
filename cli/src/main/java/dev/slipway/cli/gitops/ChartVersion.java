package dev.slipway.cli.gitops;

import dev.slipway.cli.command.CommandException;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.gitops.ChartIdentity;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The version that a chart is deployed as. A tag {@code v1.4.2} makes 1.4.2; any other commit makes a pre-release of the
 * version in Chart.yaml, {@code 1.4.2-g0123456789ab}, which is the commit's own and comes before 1.4.2.
 */
final class ChartVersion {
    private static final int COMMIT_LENGTH = 12;

    private ChartVersion() {}

    static String of(@Nullable String given, CiJob job, ChartIdentity chart) {
        if (given != null) {
            return given(given);
        }
        if (job.tag() != null && isVersion(withoutV(job.tag()))) {
            return withoutV(job.tag());
        }
        return job.commit() == null ? chart.version() : ofCommit(chart.version(), job.commit());
    }

    private static String given(String text) {
        try {
            return ChartIdentity.requireVersion("--version", withoutV(text.strip()));
        } catch (InvalidInputException e) {
            throw CommandException.usage(
                    String.valueOf(e.getMessage()), "charts have semantic versions: https://semver.org");
        }
    }

    private static String withoutV(String text) {
        return text.startsWith("v") || text.startsWith("V") ? text.substring(1) : text;
    }

    private static boolean isVersion(String text) {
        try {
            ChartIdentity.requireVersion("version", text);
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }

    // With a letter before it, as git describe has: a commit of digits that begins with 0 would be no valid part.
    private static String ofCommit(String version, String commit) {
        String own = "g"
                + commit.substring(0, Math.min(COMMIT_LENGTH, commit.length())).toLowerCase(Locale.ROOT);
        int plus = version.indexOf('+');
        String release = plus < 0 ? version : version.substring(0, plus);
        String build = plus < 0 ? "" : version.substring(plus);
        String made = release + (release.contains("-") ? "." : "-") + own + build;
        if (!isVersion(made)) {
            throw CommandException.failed(
                    "cannot derive a version from " + version + " and commit " + commit, "set one with --version V");
        }
        return made;
    }
}
