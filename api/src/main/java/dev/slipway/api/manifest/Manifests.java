package dev.slipway.api.manifest;

import dev.slipway.api.problem.UnprocessableException;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.fleet.EnvironmentId;
import dev.slipway.core.input.Names;
import dev.slipway.core.resource.Kinds;
import dev.slipway.core.text.DidYouMean;
import dev.slipway.store.fleet.Applied;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads all documents before it applies the first, and applies all of them or none. */
@Service
class Manifests {
    private static final int MOST = 1_000;
    static final String KIND = "kind";

    private final Map<String, DocumentKind<?>> kinds = new LinkedHashMap<>();

    Manifests(List<DocumentKind<?>> kinds) {
        kinds.stream()
                .sorted(Comparator.comparingInt(kind -> Kinds.ALL.indexOf(kind.type())))
                .forEach(kind -> this.kinds.put(kind.name(), kind));
    }

    @Transactional
    public List<Result> apply(List<Document> written, String project) {
        List<Document> documents =
                written.stream().map(document -> document.in(project)).toList();
        if (documents.isEmpty() || documents.size() > MOST) {
            throw new InvalidInputException(
                    "body", "holds " + documents.size() + " documents; send from 1 to " + MOST + " at once");
        }
        List<Identity> identities = new ArrayList<>();
        Map<String, Batch<?>> batches = new LinkedHashMap<>();
        for (Document document : documents) {
            Identity identity = Identity.of(document.content(), identities.size(), documents.size() > 1);
            identities.add(identity);
            DocumentKind<?> kind = kind(identity, document);
            batches.computeIfAbsent(kind.name(), _ -> new Batch<>(kind))
                    .add(identities.size() - 1, document, identity.prefix());
        }
        requireDistinct(identities);
        Applied[] changes = new Applied[documents.size()];
        // In the order of the kinds: what others belong to comes first.
        kinds.keySet().stream().map(batches::get).filter(Objects::nonNull).forEach(batch -> batch.apply(changes));
        batches.values().forEach(Batch::check);
        List<Result> results = new ArrayList<>();
        for (Identity identity : identities) {
            results.add(new Result(identity.kind(), identity.name(), changes[results.size()]));
        }
        return results;
    }

    private DocumentKind<?> kind(Identity identity, Document document) {
        Object written =
                FieldReader.fields(identity.prefix(), document.content()).get(KIND);
        String expected = "expected one of " + String.join(", ", kinds.keySet());
        if (!(written instanceof String name)) {
            throw new InvalidInputException(identity.prefix() + KIND, "is missing; " + expected);
        }
        DocumentKind<?> kind = kinds.get(name);
        if (kind == null) {
            throw new InvalidInputException(
                    identity.prefix() + KIND,
                    "unknown kind \"" + Names.shown(name) + "\"; "
                            + DidYouMean.nearest(name, kinds.keySet())
                                    .map(nearest -> "did you mean \"" + nearest + "\"? ")
                                    .orElse("")
                            + expected);
        }
        return kind;
    }

    private static void requireDistinct(List<Identity> identities) {
        Set<String> seen = new HashSet<>();
        for (Identity identity : identities) {
            if (!seen.add(identity.kind() + " " + identity.name())) {
                throw new UnprocessableException(
                        identity.prefix() + "name",
                        identity.prefix() + "name: " + identity.kind() + " \"" + identity.name()
                                + "\" is declared twice");
            }
        }
    }

    /** What applying a document came to. */
    @Schema(name = "ApplyResult")
    record Result(String kind, String name, Applied change) {}

    /** The documents of one kind, and where each of them stands. */
    private static final class Batch<T extends Record> {
        private final DocumentKind<T> kind;
        private final List<Integer> positions = new ArrayList<>();
        private final List<T> declared = new ArrayList<>();

        Batch(DocumentKind<T> kind) {
            this.kind = kind;
        }

        void add(int position, Document document, String label) {
            declared.add(DocumentReader.read(kind.type(), document, label));
            positions.add(position);
        }

        void apply(Applied[] changes) {
            List<Applied> applied = kind.apply(declared);
            for (int i = 0; i < applied.size(); i++) {
                changes[positions.get(i)] = applied.get(i);
            }
        }

        void check() {
            kind.check(declared);
        }
    }

    /** How errors speak of a document: by its number, kind and name where there are several. */
    private record Identity(String kind, String name, String prefix) {
        static Identity of(Object document, int index, boolean several) {
            String kind = part(document, KIND);
            String project = part(document, "project");
            boolean own = project.isEmpty() || project.equals(EnvironmentId.DEFAULT_PROJECT);
            String name = (own ? "" : project + "/") + part(document, "name");
            String label = (kind + " " + name).strip();
            String prefix = "document " + (index + 1) + (label.isEmpty() ? "" : " (" + label + ")") + ": ";
            return new Identity(kind, name, several ? prefix : "");
        }

        private static String part(Object document, String field) {
            return document instanceof Map<?, ?> map && map.get(field) instanceof String text ? Names.shown(text) : "";
        }
    }
}
