package dev.slipway.core.artifact;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The immutable content of one component of a release. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Artifact.Archive.class, name = "archive"),
    @JsonSubTypes.Type(value = Artifact.Image.class, name = "image")
})
public sealed interface Artifact {
    /** The digest that pins the content. */
    Digest digest();

    /** A gzipped tar archive in the artifact store. {@code size} is in bytes. */
    record Archive(Digest digest, long size) implements Artifact {}

    /** A container image, pinned. {@code repository} has the registry's host in it and no tag. */
    record Image(String repository, Digest digest) implements Artifact {
        /** {@code repository@digest}, as a container engine pulls it. */
        public String reference() {
            return repository + "@" + digest;
        }
    }
}
