package dev.slipway.activities.git;

import dev.slipway.activities.net.AddressPolicy;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.FullDisk;
import dev.slipway.core.failure.SlipwayException;
import java.io.IOException;
import java.util.Set;
import org.eclipse.jgit.lib.Repository;

/**
 * A branch of a remote repository, as a clone knows it. A process may die anywhere in here: the clone is only ever added
 * to, and what was not finished is done again.
 */
public final class GitBranch {
    private final Repository clone;
    private final GitAccess access;
    private final String branch;
    private final AddressPolicy policy;
    private final Set<String> trailers;
    private final Heartbeat heartbeat;

    /** What is done with a branch. */
    public interface Work<T> {
        T with(GitBranch branch) throws IOException, InterruptedException;
    }

    private GitBranch(
            Repository clone,
            GitAccess access,
            String branch,
            AddressPolicy policy,
            Set<String> trailers,
            Heartbeat heartbeat) {
        this.clone = clone;
        this.access = access;
        this.branch = branch;
        this.policy = policy;
        this.trailers = trailers;
        this.heartbeat = heartbeat;
    }

    /**
     * Nobody else on this machine works on the repository meanwhile. The work may be begun again from the start.
     *
     * @param trailers by which commits are to be found
     */
    public static <T> T use(
            Clones clones,
            GitAccess access,
            String branch,
            AddressPolicy policy,
            Set<String> trailers,
            Heartbeat heartbeat,
            Work<T> work)
            throws InterruptedException {
        heartbeat.beat("waiting for the clone of " + access.remote());
        try {
            return clones.use(
                    access.remote(),
                    clone -> work.with(new GitBranch(clone, access, branch, policy, trailers, heartbeat)));
        } catch (IOException e) {
            if (FullDisk.isIn(e)) {
                throw GitFailures.fullDisk(access, e);
            }
            throw new SlipwayException(
                    FailureType.GIT_UNAVAILABLE,
                    "The clone of " + access.remote() + " cannot be used: "
                            + RemoteText.of(e.toString(), access.mask()),
                    e);
        }
    }

    /** Where files and commits are written; nobody sees them until they are pushed. */
    public Draft draft(CommitSigner signer) {
        return new Draft(clone, signer);
    }

    /** Asks the remote how far the branch is, and fetches what is new. */
    public Visit visit() throws IOException {
        heartbeat.beat("connecting to " + access.remote());
        Connection connection = Connection.open(clone, access, policy);
        try {
            return new Visit(clone, connection, access, "refs/heads/" + branch, trailers, heartbeat);
        } catch (IOException e) {
            connection.close();
            if (Damage.isIn(e)) {
                throw e;
            }
            throw connection.explain(e);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }
}
