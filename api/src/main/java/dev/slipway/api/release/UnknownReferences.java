package dev.slipway.api.release;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.input.Names;
import dev.slipway.core.text.DidYouMean;
import dev.slipway.store.fleet.EnvironmentStore;
import dev.slipway.store.release.ReleaseStore;

/** Names, beside what is not there, what may have been meant. */
final class UnknownReferences {
    private static final int SEARCHED = 1_000;

    private UnknownReferences() {}

    static SlipwayException release(String written, ReleaseStore releases) {
        var names = releases.list(null, null, SEARCHED).stream()
                .map(stored -> written.contains("@")
                        ? stored.release().reference().toString()
                        : stored.release().reference().name())
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
