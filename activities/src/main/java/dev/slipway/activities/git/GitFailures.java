package dev.slipway.activities.git;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.FullDisk;
import dev.slipway.core.failure.SlipwayException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.JGitText;

/** What went wrong between here and a remote, in the words of the catalogue. */
record GitFailures(GitAccess access, int status, Optional<String> hostKeyRefusal) {
    SlipwayException explain(Throwable failure) {
        Optional<SlipwayException> known = causes(failure)
                .filter(SlipwayException.class::isInstance)
                .map(SlipwayException.class::cast)
                .findFirst();
        if (known.isPresent()) {
            return known.get();
        }
        // What the remote says of its own disk comes as the text of a TransportException.
        if (FullDisk.isIn(root(failure)) && !(root(failure) instanceof TransportException)) {
            return fullDisk(access, failure);
        }
        if (hostKeyRefusal.isPresent()) {
            return refused(hostKeyRefusal.get(), failure);
        }
        if (status >= 300) {
            return ofStatus(failure);
        }
        if (hasCause(failure, CertificateException.class)
                || hasCause(failure, CertPathValidatorException.class)
                || hasCause(failure, SSLPeerUnverifiedException.class)) {
            return refused(
                    "The certificate of " + remote() + " is not trusted: " + said(root(failure))
                            + ". If a private authority issued it, set certificateAuthority.",
                    failure);
        }
        if (isLoginRefused(failure)) {
            return refused(notLoggedIn("the key"), failure);
        }
        if (hasCause(failure, NoRemoteRepositoryException.class)) {
            return refused(
                    "Repository " + remote() + " does not exist, or its credential has no access to it.", failure);
        }
        if (said(failure).contains(JGitText.get().pushNotPermitted)) {
            return refused(
                    "The credential of " + remote() + " has read access only. Grant it permission to push.", failure);
        }
        return unavailable(failure);
    }

    /** It is the disk of the server that pushes. */
    static SlipwayException fullDisk(GitAccess access, Throwable failure) {
        return new SlipwayException(
                FailureType.DISK_FULL,
                "No space left for the clone of " + access.remote()
                        + ". Free space on the disk of SLIPWAY_GITOPS_CLONES, then deploy again.",
                failure);
    }

    private SlipwayException ofStatus(Throwable failure) {
        return switch (status) {
            case 401 -> refused(notLoggedIn("the credential"), failure);
            case 403 -> refused("The credential of " + remote() + " is not allowed to push (status 403).", failure);
            case 404, 410 ->
                refused(
                        "Repository " + remote() + " does not exist, or its credential has no access to it (status "
                                + status + ").",
                        failure);
            case 408, 425, 429 -> unavailable("is rate-limiting or overloaded (status " + status + ")", failure);
            default ->
                status >= 500
                        ? unavailable("answered with status " + status, failure)
                        : refused(
                                "The server of " + remote() + " rejected the request with status " + status + ".",
                                failure);
        };
    }

    private String notLoggedIn(String what) {
        return access.secret() == null
                ? "The repository " + remote() + " requires a login; set its credential to a secret."
                : "The server of " + remote() + " rejected " + what + " of the repository. Check the user and the"
                        + " secret.";
    }

    private static boolean isLoginRefused(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof SshException ssh
                        && ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE);
    }

    private SlipwayException unavailable(Throwable failure) {
        if (hasCause(failure, SocketTimeoutException.class)) {
            return unavailable("did not answer in time", failure);
        }
        boolean interrupted = hasCause(failure, InterruptedException.class)
                || hasCause(failure, ClosedByInterruptException.class)
                || hasCause(failure, InterruptedIOException.class);
        return unavailable(
                interrupted ? "request was interrupted" : "cannot be reached: " + said(root(failure)), failure);
    }

    private SlipwayException unavailable(String what, Throwable failure) {
        return new SlipwayException(
                FailureType.GIT_UNAVAILABLE, "The repository " + remote() + " " + what + ".", failure);
    }

    private static SlipwayException refused(String message, Throwable failure) {
        return new SlipwayException(FailureType.GIT_REFUSED, message, failure);
    }

    private String remote() {
        return access.remote().toString();
    }

    private String said(Throwable failure) {
        return RemoteText.of(failure.getMessage() == null ? failure.toString() : failure.getMessage(), access.mask());
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        return causes(failure).anyMatch(type::isInstance);
    }

    private static Throwable root(Throwable failure) {
        return causes(failure).reduce((_, deeper) -> deeper).orElse(failure);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
