package dev.slipway.api.release;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.fleet.EnvironmentId;
import dev.slipway.core.input.Names;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.core.text.DidYouMean;
import dev.slipway.store.fleet.EnvironmentStore;
import dev.slipway.store.release.ReleaseStore;
import java.util.List;
import java.util.function.Function;

/** Names, beside what is not there, what may have been meant. */
final class UnknownReferences {
    private static final int SEARCHED = 1_000;

    private UnknownReferences() {}

    static SlipwayException release(ReleaseReference written, ReleaseStore releases) {
        return release(written.project(), written.toString(), ReleaseReference::toString, releases);
    }

    /** {@code name}: of whichever version. */
    static SlipwayException release(String project, String name, ReleaseStore releases) {
        return release(project, EnvironmentId.plain(project + "/" + name), ReleaseReference::qualifiedName, releases);
    }

    private static SlipwayException release(
            String project, String written, Function<ReleaseReference, String> form, ReleaseStore releases) {
        List<String> names = releases.list(project, null, null, SEARCHED).stream()
                .map(stored -> form.apply(stored.release().reference()))
                .distinct()
                .toList();
        return new SlipwayException(
                FailureType.UNKNOWN_RELEASE,
                "There is no release \"" + Names.shown(written) + "\"" + DidYouMean.sentence(written, names));
    }

    static SlipwayException environment(String written, EnvironmentStore environments) {
        return new SlipwayException(
                FailureType.UNKNOWN_ENVIRONMENT,
                "There is no environment \"" + Names.shown(written) + "\""
                        + DidYouMean.sentence(written, environments.names()));
    }
}
