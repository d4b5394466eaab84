package dev.slipway.activities.kubernetes;

import dev.slipway.core.failure.SlipwayException;
import java.util.List;

/** What is known of a feed. */
sealed interface Listing {
    /** These are all there are. */
    record Known(List<KubernetesObject> objects) implements Listing {
        public Known {
            objects = List.copyOf(objects);
        }
    }

    /** The cluster has no such kind: its CRD is not installed. */
    record NoSuchKind() implements Listing {}

    /** The account may not look. */
    record Refused(SlipwayException failure) implements Listing {}
}
