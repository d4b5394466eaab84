package dev.slipway.activities.git;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.security.auth.login.LoginException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.eclipse.jgit.lib.GpgSignature;

/**
 * Signs as {@code ssh-keygen -Y sign -n git} does. JGit's own signer takes keys from files and agents only.
 *
 * @see <a href="https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.sshsig">PROTOCOL.sshsig</a>
 */
record SshSigner(SigningKey key, KeyPair pair, BuiltinSignatures algorithm) implements CommitSigner {
    private static final Pattern PUBLIC = Pattern.compile(
            "(?s)\\s*((ssh|ecdsa-sha2|sk-ssh|sk-ecdsa-sha2)-[a-z0-9].*|-{4,5} ?BEGIN [A-Z0-9 ]*PUBLIC KEY.*)");
    private static final byte[] MAGIC = "SSHSIG".getBytes(US_ASCII);
    private static final int VERSION = 1;
    private static final String NAMESPACE = "git";
    private static final String RESERVED = "";
    private static final String HASH = "sha512";
    private static final int LINE = 70;

    static SshSigner of(SigningKey key) {
        KeyPair pair = pair(key);
        String type = KeyUtils.getKeyType(pair);
        if (type == null || type.equals(KeyPairProvider.SSH_DSS)) {
            throw key.isNone();
        }
        // The type of an RSA key stands for its signatures with SHA-1, which nobody accepts.
        BuiltinSignatures algorithm = BuiltinSignatures.fromFactoryName(
                type.equals(KeyPairProvider.SSH_RSA) ? KeyUtils.RSA_SHA512_KEY_TYPE_ALIAS : type);
        if (algorithm == null || !algorithm.isSupported()) {
            throw key.isNone();
        }
        return new SshSigner(key, pair, algorithm);
    }

    private static KeyPair pair(SigningKey key) {
        if (PUBLIC.matcher(key.text()).matches()) {
            throw key.isPublic();
        }
        List<KeyPair> pairs;
        try {
            pairs = SshKeys.read(key.text());
        } catch (LoginException e) {
            throw key.hasPassphrase();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw key.isNone();
        }
        return switch (pairs.size()) {
            case 0 -> throw key.isNone();
            case 1 -> pairs.getFirst();
            default -> throw key.isSeveral(pairs.size());
        };
    }

    @Override
    public GpgSignature sign(byte[] commit) {
        Buffer signed = new ByteArrayBuffer();
        signed.putRawBytes(MAGIC);
        putPurpose(signed);
        signed.putBytes(sha512(commit));
        Buffer signature = new ByteArrayBuffer();
        signature.putString(algorithm.getName());
        signature.putBytes(raw(signed.getCompactData()));
        Buffer all = new ByteArrayBuffer();
        all.putRawBytes(MAGIC);
        all.putUInt(VERSION);
        all.putPublicKey(pair.getPublic());
        putPurpose(all);
        all.putBytes(signature.getCompactData());
        return new GpgSignature(armoured(all.getCompactData()));
    }

    private static void putPurpose(Buffer buffer) {
        buffer.putString(NAMESPACE);
        buffer.putString(RESERVED);
        buffer.putString(HASH);
    }

    private static byte[] sha512(byte[] commit) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(commit);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] raw(byte[] data) {
        try {
            Signature signature = algorithm.create();
            signature.initSigner(null, pair.getPrivate());
            signature.update(null, data);
            return signature.sign(null);
        } catch (Exception e) {
            // What is called declares no less.
            throw key.isNone();
        }
    }

    private static byte[] armoured(byte[] signature) {
        String lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(signature);
        return ("-----BEGIN SSH SIGNATURE-----\n" + lines + "\n-----END SSH SIGNATURE-----\n").getBytes(US_ASCII);
    }

    @Override
    public String toString() {
        return key.toString();
    }
}
