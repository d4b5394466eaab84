package dev.slipway.store.secret;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.input.Names;
import dev.slipway.core.secret.MasterKey;
import dev.slipway.core.secret.SecretSource;
import dev.slipway.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Secrets by name. The database has them only sealed. */
@Repository
public class SecretStore implements SecretSource {
    private static final String VISIBLE = "name, created_at, changed_at";

    private final JdbcClient jdbc;
    private final Envelope envelope;

    SecretStore(JdbcClient jdbc, MasterKey key) {
        this.jdbc = jdbc;
        this.envelope = new Envelope(key);
    }

    /** What became of {@link #put}. */
    public record Put(StoredSecret secret, boolean fresh) {}

    /** Stores a value, in place of the one that was there. */
    public Put put(String name, String value) {
        Envelope.Sealed sealed = envelope.seal(name, value);
        return jdbc.sql("""
                        insert into secret (name, key_id, sealed_key, sealed_value) values (?, ?, ?, ?)
                        on conflict (name) do update set key_id = excluded.key_id, sealed_key = excluded.sealed_key,
                            sealed_value = excluded.sealed_value, changed_at = now()
                        returning\s""" + VISIBLE + ", xmax = 0 as fresh")
                .params(name, sealed.keyId(), sealed.key(), sealed.value())
                .query((row, _) -> new Put(visible(row), row.getBoolean("fresh")))
                .single();
    }

    /** All secrets, by name. */
    public List<StoredSecret> findAll() {
        return jdbc.sql("select " + VISIBLE + " from secret order by name")
                .query((row, _) -> visible(row))
                .list();
    }

    /** Returns false where there was none. */
    public boolean delete(String name) {
        return jdbc.sql("delete from secret where name = ?").param(name).update() == 1;
    }

    @Override
    public String resolve(String name) {
        Envelope.Sealed sealed = find(name)
                .orElseThrow(() -> new SlipwayException(
                        FailureType.UNKNOWN_SECRET,
                        "There is no secret \"" + Names.shown(name) + "\"; store it with: slipway secret set "
                                + Names.shown(name)));
        if (!sealed.keyId().equals(envelope.keyId())) {
            throw unreadable(name, "was encrypted with a different key", null);
        }
        try {
            return envelope.open(name, sealed);
        } catch (AEADBadTagException e) {
            throw unreadable(name, "was modified in the database", e);
        }
    }

    private Optional<Envelope.Sealed> find(String name) {
        return jdbc.sql("select key_id, sealed_key, sealed_value from secret where name = ?")
                .param(name)
                .query((row, _) -> new Envelope.Sealed(
                        row.getString("key_id"), row.getBytes("sealed_key"), row.getBytes("sealed_value")))
                .optional();
    }

    private static SlipwayException unreadable(String name, String why, @Nullable Throwable cause) {
        return new SlipwayException(
                FailureType.SECRET_UNREADABLE,
                "The secret \"" + name + "\" cannot be read: it " + why
                        + ". Start the server with the original key file (SLIPWAY_SECRET_KEY_FILE), or store the"
                        + " secret again: slipway secret set " + name,
                cause);
    }

    private static StoredSecret visible(ResultSet row) throws SQLException {
        return new StoredSecret(
                row.getString("name"), Columns.instant(row, "created_at"), Columns.instant(row, "changed_at"));
    }
}
