package dev.slipway.server;

import dev.slipway.workflows.SearchAttributes;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.OperatorServiceStubs;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The namespace in Temporal, and what workflows need in it. */
final class TemporalNamespace {
    private static final Logger log = LoggerFactory.getLogger(TemporalNamespace.class);

    private final OperatorServiceStubs operator;
    private final String name;

    TemporalNamespace(OperatorServiceStubs operator, String name) {
        this.operator = operator;
        this.name = name;
    }

    /** Registers the search attributes that are missing. Several servers may do so at once, and some may not do so at all. */
    void prepare() {
        try {
            Map<String, IndexedValueType> missing = missing();
            if (!missing.isEmpty()) {
                add(missing);
            }
        } catch (StatusRuntimeException e) {
            switch (e.getStatus().getCode()) {
                case PERMISSION_DENIED, UNAUTHENTICATED, UNIMPLEMENTED ->
                    log.warn(
                            "Not permitted to manage the search attributes of namespace {} ({}). An administrator must run: {}",
                            name,
                            e.getStatus().getCode(),
                            command());
                default -> throw e;
            }
        }
    }

    /** Temporal takes a name that is there with another type, and does nothing: hence the comparison. */
    private Map<String, IndexedValueType> missing() {
        Map<String, IndexedValueType> known = operator.blockingStub()
                .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                        .setNamespace(name)
                        .build())
                .getCustomAttributesMap();
        Map<String, IndexedValueType> missing = new LinkedHashMap<>();
        for (SearchAttributeKey<String> key : SearchAttributes.ALL) {
            IndexedValueType type = known.get(key.getName());
            if (type == null) {
                missing.put(key.getName(), key.getValueType());
            } else if (type != key.getValueType()) {
                log.error("Search attribute {} of namespace {} is {}, not {}.", key, name, type, key.getValueType());
            }
        }
        return missing;
    }

    private void add(Map<String, IndexedValueType> missing) {
        try {
            operator.blockingStub()
                    .addSearchAttributes(AddSearchAttributesRequest.newBuilder()
                            .setNamespace(name)
                            .putAllSearchAttributes(missing)
                            .build());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
                throw e;
            }
        }
    }

    private String command() {
        String names = SearchAttributes.ALL.stream()
                .map(key -> " --type Keyword --name " + key.getName())
                .collect(Collectors.joining());
        return "temporal operator search-attribute create --namespace " + name + names;
    }
}
