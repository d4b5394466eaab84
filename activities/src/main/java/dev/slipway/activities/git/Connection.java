package dev.slipway.activities.git;

import dev.slipway.activities.net.AddressPolicy;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.GitRemote;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/** A transport of JGit on which everything is settled: to which address, whom to believe, how to log in. */
final class Connection implements AutoCloseable {
    // A user name that GitLab, GitHub and Gitea all take with a token.
    private static final String TOKEN_USER = "oauth2";
    private static final String SSH_USER = "git";

    private final GitAccess access;
    private final Transport transport;
    private final @Nullable HttpConnections http;
    private final @Nullable HostKeys hostKeys;

    private Connection(
            GitAccess access, Transport transport, @Nullable HttpConnections http, @Nullable HostKeys hostKeys) {
        this.access = access;
        this.transport = transport;
        this.http = http;
        this.hostKeys = hostKeys;
        transport.setTagOpt(TagOpt.NO_TAGS);
        transport.setTimeout((int) HttpConnections.SILENCE_TIMEOUT.toSeconds());
    }

    static Connection open(Repository clone, GitAccess access, AddressPolicy policy) throws IOException {
        Endpoint endpoint = Endpoint.of(access.remote(), policy);
        return access.isSsh() ? ssh(clone, access, endpoint) : http(clone, access, endpoint);
    }

    private static Connection ssh(Repository clone, GitAccess access, Endpoint endpoint) throws IOException {
        HostKeys hostKeys = new HostKeys(access.remote(), access.knownHosts());
        SshSessions sessions = new SshSessions(endpoint, hostKeys, access.secret());
        String user = access.remote().user();
        SshTransport transport =
                (SshTransport) Transport.open(clone, address(access.remote()).setUser(user == null ? SSH_USER : user));
        transport.setSshSessionFactory(sessions);
        return new Connection(access, transport, null, hostKeys);
    }

    private static Connection http(Repository clone, GitAccess access, Endpoint endpoint) throws IOException {
        TransportHttp transport = (TransportHttp) Transport.open(clone, address(access.remote()));
        HttpConnections connections = new HttpConnections(endpoint, Trust.with(access.certificateAuthority()));
        transport.setHttpConnectionFactory(connections);
        if (access.secret() != null) {
            String user = access.remote().user();
            transport.setPreemptiveBasicAuthentication(user == null ? TOKEN_USER : user, access.secret());
        }
        return new Connection(access, transport, connections, null);
    }

    private static URIish address(GitRemote remote) {
        return new URIish()
                .setScheme(remote.scheme().name().toLowerCase(java.util.Locale.ROOT))
                .setHost(remote.host())
                .setPort(remote.usesDefaultPort() ? -1 : remote.port())
                .setPath("/" + remote.path());
    }

    Transport transport() {
        return transport;
    }

    /** What {@code failure} means to whoever has to deal with it. */
    SlipwayException explain(Throwable failure) {
        Optional<String> unknownHost = hostKeys == null ? Optional.empty() : hostKeys.refusal();
        return new GitFailures(access, http == null ? 0 : http.status(), unknownHost).explain(failure);
    }

    @Override
    public void close() {
        transport.close();
        if (http != null) {
            http.close();
        }
    }
}
