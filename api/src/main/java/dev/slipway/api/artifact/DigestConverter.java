package dev.slipway.api.artifact;

import dev.slipway.core.artifact.Digest;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** Reads digests in addresses. Without it Spring takes {@link Digest#of(String)}, which is the digest of that text. */
@Component
class DigestConverter implements Converter<String, Digest> {
    @Override
    public Digest convert(String text) {
        return new Digest(text);
    }
}
