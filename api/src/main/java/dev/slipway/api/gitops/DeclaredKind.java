package dev.slipway.api.gitops;

import dev.slipway.api.manifest.DocumentKind;
import dev.slipway.store.fleet.Applied;
import dev.slipway.store.gitops.GitOpsResources;
import dev.slipway.store.gitops.ResourceKind;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A kind of document that is kept as it is declared.
 *
 * @param change looks whether the second may take the place of the first
 * @param checked looks, once everything is applied, whether what it speaks of is there
 */
record DeclaredKind<T extends Record>(
        GitOpsResources resources, ResourceKind<T> kind, BiConsumer<Optional<T>, T> change, Consumer<T> checked)
        implements DocumentKind<T> {
    /** A kind of which anything may take the place of anything. */
    DeclaredKind(GitOpsResources resources, ResourceKind<T> kind, Consumer<T> checked) {
        this(resources, kind, (_, _) -> {}, checked);
    }

    @Override
    public Class<T> type() {
        return kind.type();
    }

    @Override
    public List<Applied> apply(List<T> declared) {
        resources.lock();
        return declared.stream().map(this::apply).toList();
    }

    private Applied apply(T declared) {
        change.accept(resources.current(kind, declared), declared);
        return resources.apply(kind, declared);
    }

    @Override
    public void check(List<T> declared) {
        declared.forEach(checked);
    }
}
