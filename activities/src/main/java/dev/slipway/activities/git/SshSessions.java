package dev.slipway.activities.git;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.transport.SshConfigStore;
import org.eclipse.jgit.transport.SshConstants;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.agent.ConnectorFactory;
import org.jspecify.annotations.Nullable;

/** Sessions with the host of one remote: by the one key that is given, and with nothing of what this machine's user has in {@code ~/.ssh}. */
final class SshSessions extends SshdSessionFactory {
    private static final File NOWHERE = new File("/nonexistent");

    private final HostKeys hostKeys;
    private final List<KeyPair> keys;
    private final Map<String, String> settings;

    SshSessions(Endpoint endpoint, HostKeys hostKeys, @Nullable String privateKey) {
        super(null, null);
        this.hostKeys = hostKeys;
        this.keys = privateKey == null ? List.of() : read(privateKey);
        this.settings = Map.of(
                SshConstants.HOST_NAME,
                endpoint.addresses().getFirst().getHostAddress(),
                SshConstants.STRICT_HOST_KEY_CHECKING,
                SshConstants.YES);
        setHomeDirectory(NOWHERE);
        setSshDirectory(NOWHERE);
    }

    private static List<KeyPair> read(String privateKey) {
        try {
            List<KeyPair> pairs = SshKeys.read(privateKey);
            if (!pairs.isEmpty()) {
                return pairs;
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Its message may quote the key.
        }
        throw new SlipwayException(
                FailureType.GIT_REFUSED,
                "The repository's credential is not a usable SSH private key: it must be in OpenSSH's or PKCS#8's PEM"
                        + " format, of the type ed25519, ecdsa or rsa, and have no passphrase.");
    }

    @Override
    protected Iterable<KeyPair> getDefaultKeys(File sshDir) {
        return keys;
    }

    @Override
    protected List<Path> getDefaultIdentities(File sshDir) {
        return List.of();
    }

    @Override
    protected ServerKeyDatabase getServerKeyDatabase(File homeDir, File sshDir) {
        return hostKeys;
    }

    @Override
    protected @Nullable ConnectorFactory getConnectorFactory() {
        return null;
    }

    @Override
    protected String getDefaultPreferredAuthentications() {
        return "publickey";
    }

    @Override
    protected SshConfigStore createSshConfigStore(File homeDir, @Nullable File configFile, String localUserName) {
        return new SshConfigStore() {
            @Override
            public HostConfig lookup(String hostName, int port, String userName) {
                return new Fixed(settings);
            }

            @Override
            public HostConfig lookupDefault(String hostName, int port, String userName) {
                return new Fixed(settings);
            }
        };
    }

    private record Fixed(Map<String, String> settings) implements SshConfigStore.HostConfig {
        @Override
        public @Nullable String getValue(String key) {
            return settings.get(key);
        }

        @Override
        public List<String> getValues(String key) {
            return List.of();
        }

        @Override
        public Map<String, String> getOptions() {
            return settings;
        }

        @Override
        public Map<String, List<String>> getMultiValuedOptions() {
            return Map.of();
        }
    }
}
