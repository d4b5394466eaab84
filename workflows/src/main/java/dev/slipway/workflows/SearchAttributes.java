package dev.slipway.workflows;

import io.temporal.common.SearchAttributeKey;
import java.util.List;

/**
 * What Slipway's workflows can be searched by in Temporal. They must be registered in the namespace before a workflow is
 * started, and they are never encrypted.
 */
public final class SearchAttributes {
    /** The kind of a deployment, by its wire name. */
    public static final SearchAttributeKey<String> KIND = SearchAttributeKey.forKeyword("SlipwayKind");

    /** With its project, unless that is the default one. */
    public static final SearchAttributeKey<String> ENVIRONMENT = SearchAttributeKey.forKeyword("SlipwayEnvironment");

    public static final SearchAttributeKey<String> PROJECT = SearchAttributeKey.forKeyword("SlipwayProject");

    /** The wire name of the deployment's status. */
    public static final SearchAttributeKey<String> STATUS = SearchAttributeKey.forKeyword("SlipwayStatus");

    /** All of them, for whoever registers them. */
    public static final List<SearchAttributeKey<String>> ALL = List.of(KIND, PROJECT, ENVIRONMENT, STATUS);

    private SearchAttributes() {}
}
