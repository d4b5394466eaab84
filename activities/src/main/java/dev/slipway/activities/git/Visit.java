package dev.slipway.activities.git;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at a branch, and one push upon what was seen. The connection for the push is the one that looks: it tells where
 * the branch is, and the remote takes the push only if the branch is still there.
 */
public final class Visit implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Visit.class);
    private static final int MOST_NAMED = 10;
    // What servers say where two pushes meet; nobody has declined anything then.
    private static final Pattern CONTENTION = Pattern.compile(
            "(?i)cannot lock|failed to (update|lock)|incorrect old value|reference already exists|fetch first"
                    + "|non-fast-forward|stale info|is at [0-9a-f]+ but expected|unable to resolve reference");
    private static final Pattern PROTECTED = Pattern.compile("(?i)protected branch|branch .{0,260}is protected");

    private final Repository clone;
    private final Connection connection;
    private final GitAccess access;
    private final String ref;
    private final Heartbeat heartbeat;
    private final PushConnection push;
    private final TrailerIndex trailers;
    private final @Nullable ObjectId head;

    Visit(
            Repository clone,
            Connection connection,
            GitAccess access,
            String ref,
            Set<String> trailers,
            Heartbeat heartbeat)
            throws IOException {
        this.clone = clone;
        this.connection = connection;
        this.access = access;
        this.ref = ref;
        this.heartbeat = heartbeat;
        this.push = connection.transport().openPush();
        this.trailers = new TrailerIndex(clone, ref, trailers);
        this.head = look();
        if (head != null) {
            catchUpWith(head);
        }
    }

    private @Nullable ObjectId look() {
        Ref seen = push.getRef(ref);
        if (seen != null) {
            return seen.getObjectId();
        }
        List<String> branches = push.getRefs().stream()
                .map(Ref::getName)
                .filter(name -> name.startsWith(Constants.R_HEADS))
                .toList();
        if (branches.isEmpty()) {
            return null;
        }
        throw new SlipwayException(
                FailureType.GIT_REFUSED,
                "The repository " + access.remote() + " has no branch " + Repository.shortenRefName(ref) + ". It has: "
                        + named(branches) + ".");
    }

    private String named(List<String> branches) {
        String names = branches.stream()
                .limit(MOST_NAMED)
                .map(Repository::shortenRefName)
                .sorted()
                .collect(Collectors.joining(", "));
        int others = branches.size() - MOST_NAMED;
        return RemoteText.of(others > 0 ? names + " and " + others + " more" : names, access.mask());
    }

    private void catchUpWith(ObjectId commit) throws IOException {
        if (!clone.getObjectDatabase().has(commit)) {
            heartbeat.beat("fetching from " + access.remote());
            fetch(commit);
        }
        heartbeat.beat("reading new commits on " + access.remote());
        remember(commit);
    }

    private void fetch(ObjectId commit) throws IOException {
        try (FetchConnection fetch = connection.transport().openFetch(List.of(new RefSpec(ref + ":" + ref)))) {
            Ref wanted = fetch.getRef(ref);
            if (wanted != null) {
                fetch.fetch(NullProgressMonitor.INSTANCE, List.of(wanted), Set.of());
            }
        }
        if (!clone.getObjectDatabase().has(commit)) {
            throw new SlipwayException(
                    FailureType.GIT_UNAVAILABLE,
                    "The branch " + Repository.shortenRefName(ref) + " of " + access.remote()
                            + " was force-pushed while it was read.");
        }
    }

    private void remember(ObjectId commit) throws IOException {
        trailers.readUpTo(commit);
        RefUpdate update = clone.updateRef(ref);
        update.setNewObjectId(commit);
        update.setForceUpdate(true);
        update.disableRefLog();
        switch (update.update()) {
            case NEW, FAST_FORWARD, FORCED, NO_CHANGE -> {
                // That is all.
            }
            default -> throw new IOException("The ref " + ref + " was not updated: " + update.getResult());
        }
    }

    /** The last commit of the branch; null where the repository has none at all. */
    public @Nullable ObjectId head() {
        return head;
    }

    /** The commit of the branch that has this trailer. */
    public Optional<ObjectId> find(String trailer, String value) throws IOException {
        return head == null ? Optional.empty() : trailers.find(trailer, value);
    }

    /** Puts the branch at {@code commit}, which follows from the head that was seen. Never by force. */
    public PushAnswer push(ObjectId commit) throws IOException {
        heartbeat.beat("pushing to " + access.remote());
        ObjectId seen = head == null ? ObjectId.zeroId() : head;
        RemoteRefUpdate update = new RemoteRefUpdate(clone, ref, commit, ref, false, null, seen);
        try {
            push.push(NullProgressMonitor.INSTANCE, Map.of(ref, update));
        } catch (IOException e) {
            if (Damage.isIn(e)) {
                throw e;
            }
            throw connection.explain(e);
        }
        heartbeat.beat("pushed to " + access.remote());
        if (update.getStatus() == RemoteRefUpdate.Status.OK) {
            rememberIfPossible(commit);
            return new PushAnswer.Taken();
        }
        return declined(update);
    }

    // The remote has the commit, whatever becomes of the clone: the next visit reads what this one could not write.
    private void rememberIfPossible(ObjectId commit) {
        try {
            remember(commit);
        } catch (IOException e) {
            log.warn("Could not record the push in the clone of {}", access.remote(), e);
        }
    }

    private PushAnswer declined(RemoteRefUpdate update) {
        String reason = update.getMessage() == null ? update.getStatus().name() : update.getMessage();
        if (CONTENTION.matcher(reason).find()) {
            return new PushAnswer.MovedOn(RemoteText.of(reason, access.mask()));
        }
        String text = RemoteText.of(reason + ": " + push.getMessages(), access.mask());
        return new PushAnswer.Declined(text, PROTECTED.matcher(text).find());
    }

    @Override
    public void close() {
        push.close();
        connection.close();
    }
}
