package dev.slipway.store.artifact;

import dev.slipway.core.artifact.Digest;
import dev.slipway.store.LongTransaction;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Archives by digest. They arrive and leave chunk by chunk, so that none is ever in memory as a whole. */
@Repository
public class ArtifactStore {
    /** The most bytes of one chunk. */
    public static final int CHUNK = 1 << 20;

    // As many chunks as the largest archive may have.
    private static final Duration DELETION = Duration.ofMinutes(1);
    private static final int DELETIONS = 10;

    private final JdbcClient jdbc;
    private final LongTransaction limit;

    ArtifactStore(JdbcClient jdbc, LongTransaction limit) {
        this.jdbc = jdbc;
        this.limit = limit;
    }

    public Optional<StoredArtifact> find(Digest digest) {
        return jdbc.sql("select size, uploaded from artifact where digest = ?")
                .param(digest.value())
                .query((row, _) -> new StoredArtifact(digest, row.getLong("size"), row.getLong("uploaded")))
                .optional();
    }

    /** The upload of the digest, which is begun with {@code size} where there is none. */
    public StoredArtifact begin(Digest digest, long size) {
        jdbc.sql("insert into artifact (digest, size) values (?, ?) on conflict do nothing")
                .params(digest.value(), size)
                .update();
        return find(digest).orElseGet(() -> new StoredArtifact(digest, size, 0));
    }

    /**
     * Adds the bytes that follow the first {@code offset}. Returns false, and changes nothing, where the upload is not
     * just there: somebody else uploads the same.
     */
    public boolean append(Digest digest, long offset, byte[] bytes) {
        return jdbc.sql("""
                        with upload as (
                            update artifact set uploaded = uploaded + :length, touched_at = now()
                            where digest = :digest and uploaded = :offset and uploaded + :length <= size
                            returning digest)
                        insert into artifact_chunk (digest, start, bytes) select digest, :offset, :bytes from upload""")
                        .param("digest", digest.value())
                        .param("offset", offset)
                        .param("length", (long) bytes.length)
                        .param("bytes", bytes)
                        .update()
                == 1;
    }

    /** The bytes from {@code from} to {@code to}, as far as they have arrived. It holds no connection between its reads. */
    public InputStream open(Digest digest, long from, long to) {
        return new ChunkStream(position -> chunk(digest, position), from, to);
    }

    private Optional<ChunkStream.Chunk> chunk(Digest digest, long position) {
        return jdbc.sql("""
                        select start, bytes from artifact_chunk where digest = ? and start <= ?
                        order by start desc limit 1""")
                .params(digest.value(), position)
                .query((row, _) -> new ChunkStream.Chunk(row.getLong("start"), row.getBytes("bytes")))
                .optional();
    }

    /** Forgets an upload that stands at {@code offset}: not one that somebody else has brought on, or to its end. */
    @Transactional
    public void drop(Digest digest, long offset) {
        limit.allow(DELETION);
        jdbc.sql("delete from artifact where digest = ? and uploaded = ? and uploaded < size")
                .params(digest.value(), offset)
                .update();
    }

    /** Deletes some of the uploads that are incomplete and were not continued for {@code silence}. Returns how many. */
    @Transactional
    public int dropAbandoned(Duration silence) {
        limit.allow(DELETION);
        return jdbc.sql("""
                        delete from artifact where uploaded < size and digest in (
                            select digest from artifact
                            where uploaded < size and touched_at < now() - make_interval(secs => ?)
                            limit ? for update skip locked)""").params((double) silence.toSeconds(), DELETIONS).update();
    }
}
