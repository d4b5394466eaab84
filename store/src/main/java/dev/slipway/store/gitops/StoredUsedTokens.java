package dev.slipway.store.gitops;

import dev.slipway.core.gitops.UsedTokens;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Tokens and signatures that were used, as long as they would prove anything. */
@Repository
class StoredUsedTokens implements UsedTokens {
    private final JdbcClient jdbc;

    StoredUsedTokens(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean firstUse(String id, Instant expiry) {
        jdbc.sql("delete from used_token where expires_at < now() - interval '1 hour'")
                .update();
        return jdbc.sql("insert into used_token (id, expires_at) values (?, ?) on conflict do nothing")
                        .params(id, expiry.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }
}
