package dev.slipway.activities.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.api.OpenPGPApi;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.api.OpenPGPKey.OpenPGPSecretKey;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPApi;
import org.eclipse.jgit.lib.GpgSignature;

/** Signs as {@code gpg --armor --detach-sign} does. JGit's own signer takes keys from the key rings of a user only. */
record OpenPgpSigner(SigningKey key, OpenPGPSecretKey secretKey) implements CommitSigner {
    private static final OpenPGPApi OPEN_PGP = new BcOpenPGPApi();

    static OpenPgpSigner of(SigningKey key) {
        OpenPGPKey read = read(key);
        // As gpg does: the newest one, and so a subkey rather than the key that stays in a safe.
        OpenPGPSecretKey secret = read.getSigningKeys().stream()
                .map(read::getSecretKey)
                .filter(Objects::nonNull)
                .filter(it -> !it.getPGPSecretKey().isPrivateKeyEmpty())
                .max(Comparator.comparing(OpenPGPSecretKey::getCreationTime))
                .orElseThrow(() -> cannotSign(key, read));
        if (secret.isLocked()) {
            throw key.hasPassphrase();
        }
        return new OpenPgpSigner(key, secret);
    }

    private static OpenPGPKey read(SigningKey key) {
        List<OpenPGPCertificate> all;
        try {
            all = OPEN_PGP.readKeyOrCertificate()
                    .parseKeysOrCertificates(key.text().strip());
        } catch (IOException | RuntimeException e) {
            throw key.isNone();
        }
        if (all.size() > 1) {
            throw key.isSeveral(all.size());
        }
        return switch (all.isEmpty() ? null : all.getFirst()) {
            case null -> throw key.isNone();
            case OpenPGPKey one -> one;
            default -> throw key.isPublic();
        };
    }

    private static RuntimeException cannotSign(SigningKey key, OpenPGPKey read) {
        Date end = read.getExpirationTime();
        return end != null && end.toInstant().isBefore(Instant.now())
                ? key.refused("it expired on "
                        + end.toInstant().atOffset(ZoneOffset.UTC).toLocalDate()
                        + ". Extend it (gpg --quick-set-expire) and store it again, or store another one")
                : key.refused(
                        "nothing in it may sign now: it is made for other purposes, has expired or was revoked, is"
                                + " of a kind that is not taken (DSA), or its private part is missing. Store one that may sign");
    }

    @Override
    public GpgSignature sign(byte[] commit) {
        try {
            String signature = OPEN_PGP.createDetachedSignature()
                    .addSigningKey(secretKey, new char[0], null)
                    .sign(new ByteArrayInputStream(commit))
                    .getFirst()
                    .toAsciiArmoredString();
            return new GpgSignature(signature.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException | PGPException | RuntimeException e) {
            throw key.isNone();
        }
    }

    @Override
    public String toString() {
        return key.toString();
    }
}
