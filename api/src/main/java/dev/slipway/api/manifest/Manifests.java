package dev.slipway.api.manifest;

import dev.slipway.api.problem.UnprocessableException;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import dev.slipway.store.fleet.Applied;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads all documents before it applies the first, and applies all of them or none. */
@Service
class Manifests {
    private static final int MOST = 1_000;
    private static final String KIND = "kind";

    private final Map<String, DocumentKind<?>> kinds = new LinkedHashMap<>();

    Manifests(List<DocumentKind<?>> kinds) {
        kinds.forEach(kind -> this.kinds.put(kind.name(), kind));
    }

    @Transactional
    public List<Result> apply(List<Object> documents) {
        if (documents.isEmpty() || documents.size() > MOST) {
            throw new InvalidInputException(
                    "body", "holds " + documents.size() + " documents; send from 1 to " + MOST + " at once");
        }
        List<Identity> identities = new ArrayList<>();
        Map<String, Batch<?>> batches = new LinkedHashMap<>();
        for (Object document : documents) {
            Identity identity = Identity.of(document, identities.size(), documents.size() > 1);
            identities.add(identity);
            Fields fields = Fields.ofDocument(identity.prefix(), document);
            String kind = fields.text(KIND);
            batches.computeIfAbsent(kind, _ -> new Batch<>(kind(identity, kind)))
                    .add(identities.size() - 1, fields);
        }
        requireDistinct(identities);
        Applied[] changes = new Applied[documents.size()];
        batches.values().forEach(batch -> batch.apply(changes));
        batches.values().forEach(Batch::check);
        List<Result> results = new ArrayList<>();
        for (Identity identity : identities) {
            results.add(new Result(identity.kind(), identity.name(), changes[results.size()]));
        }
        return results;
    }

    private DocumentKind<?> kind(Identity identity, String name) {
        DocumentKind<?> kind = kinds.get(name);
        if (kind == null) {
            throw new InvalidInputException(
                    identity.prefix() + KIND,
                    "\"" + Names.shown(name) + "\" is not known; the kinds are " + String.join(", ", kinds.keySet()));
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
    record Result(String kind, String name, Applied change) {}

    /** The documents of one kind, and where each of them stands. */
    private static final class Batch<T> {
        private final DocumentKind<T> kind;
        private final List<Integer> positions = new ArrayList<>();
        private final List<T> declared = new ArrayList<>();

        Batch(DocumentKind<T> kind) {
            this.kind = kind;
        }

        void add(int position, Fields fields) {
            T value = kind.read(fields);
            fields.done();
            positions.add(position);
            declared.add(value);
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
            String app = part(document, "app");
            String name = (app.isEmpty() ? "" : app + "/") + part(document, "name");
            String label = (kind + " " + name).strip();
            String prefix = "document " + (index + 1) + (label.isEmpty() ? "" : " (" + label + ")") + ": ";
            return new Identity(kind, name, several ? prefix : "");
        }

        private static String part(Object document, String field) {
            return document instanceof Map<?, ?> map && map.get(field) instanceof String text ? Names.shown(text) : "";
        }
    }
}
