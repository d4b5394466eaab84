package dev.slipway.api.manifest;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/** Makes mappings, lists, texts and nothing else: a document that asks for another type by a tag is refused. */
final class PlainConstructor extends SafeConstructor {
    PlainConstructor(LoaderOptions options) {
        super(options);
        yamlConstructors.clear();
        yamlConstructors.put(Tag.NULL, new ConstructYamlNull());
        yamlConstructors.put(Tag.STR, new ConstructYamlStr());
        yamlConstructors.put(Tag.SEQ, new ConstructYamlSeq());
        yamlConstructors.put(Tag.MAP, new ConstructYamlMap());
        yamlConstructors.put(null, undefinedConstructor);
    }

    /** What the document is; null where there is nothing in it. */
    @Nullable
    Object read(Node document) {
        return constructDocument(document);
    }
}
