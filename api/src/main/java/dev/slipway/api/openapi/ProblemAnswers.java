package dev.slipway.api.openapi;

import dev.slipway.api.deployment.RequestKey;
import dev.slipway.api.problem.Fails;
import dev.slipway.api.problem.ProblemType;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springdoc.core.customizers.GlobalOperationComponentsCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

/** Adds to each route the problems that it can answer: from its form, its parameters and its {@link Fails}. */
@Component
class ProblemAnswers implements GlobalOperationComponentsCustomizer {
    // It reads and writes nothing.
    private static final String WITHOUT_DATABASE = "dev.slipway.api.codec";

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        return operation;
    }

    @Override
    public Operation customize(Operation operation, Components components, HandlerMethod handler) {
        Route route = Route.of(operation, handler);
        Map<String, Set<ProblemType>> byStatus = new TreeMap<>();
        for (ProblemType type : types(route)) {
            byStatus.computeIfAbsent(
                            String.valueOf(type.status().value()),
                            _ -> new TreeSet<>(Comparator.comparing(ProblemType::name)))
                    .add(type);
        }
        byStatus.forEach((status, types) -> answer(route, components, status, types));
        return operation;
    }

    private static void answer(Route route, Components components, String status, Set<ProblemType> types) {
        ApiResponse declared = route.operation().getResponses().get(status);
        if (declared != null && declared.get$ref() != null) {
            // Of another method of the same route, which takes its body in another form.
            return;
        }
        String name = types.size() > 2
                ? StringUtils.capitalize(route.operation().getOperationId()) + status
                : ProblemResponse.name(types);
        ApiResponse answer = ProblemResponse.of(name, types);
        if (declared != null && declared.getHeaders() != null) {
            declared.getHeaders().forEach(answer::addHeaderObject);
        }
        if (route.method() == RequestMethod.HEAD) {
            answer.setContent(null);
        }
        if (declared != null || route.method() == RequestMethod.HEAD) {
            route.operation().getResponses().put(status, answer);
        } else {
            components.addResponses(name, answer);
            route.operation().getResponses().put(status, new ApiResponse().$ref("#/components/responses/" + name));
        }
    }

    private static Set<ProblemType> types(Route route) {
        Set<ProblemType> types = new LinkedHashSet<>();
        types.add(ProblemType.of(FailureType.INVALID_INPUT));
        types.add(ProblemType.of(HttpStatus.BAD_REQUEST));
        types.add(ProblemType.of(FailureType.UNAUTHENTICATED));
        types.add(ProblemType.of(FailureType.INTERNAL));
        if (route.isSecured()) {
            types.add(ProblemType.of(FailureType.FORBIDDEN));
        }
        if (route.negotiates()) {
            types.add(ProblemType.of(HttpStatus.NOT_ACCEPTABLE));
        }
        if (route.operation().getRequestBody() != null) {
            types.add(ProblemType.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE));
            if (!route.isStreamed()) {
                types.add(ProblemType.of(FailureType.TOO_LARGE));
            }
        }
        if (!route.handler().getBeanType().getPackageName().equals(WITHOUT_DATABASE)) {
            types.add(ProblemType.of(FailureType.DATABASE_UNAVAILABLE));
            if (route.writes()) {
                types.add(ProblemType.of(FailureType.DISK_FULL));
            }
        }
        if (route.takes(DeploymentId.class)) {
            types.add(ProblemType.of(FailureType.UNKNOWN_DEPLOYMENT));
        }
        if (route.hasHeader(RequestKey.HEADER)) {
            types.add(ProblemType.of(FailureType.IDEMPOTENCY_KEY_REUSED));
        }
        Fails own = route.handler().getMethodAnnotation(Fails.class);
        if (own != null) {
            Arrays.stream(own.value()).map(ProblemType::of).forEach(types::add);
            Arrays.stream(own.statuses()).map(ProblemType::of).forEach(types::add);
            if (own.unprocessable()) {
                types.add(ProblemType.unprocessable(FailureType.INVALID_INPUT));
            }
        }
        return types;
    }

    private record Route(Operation operation, HandlerMethod handler, RequestMethod method) {
        static Route of(Operation operation, HandlerMethod handler) {
            RequestMapping mapping =
                    AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), RequestMapping.class);
            if (mapping == null || mapping.method().length != 1) {
                throw new IllegalStateException(handler + " must be a route of one method");
            }
            return new Route(operation, handler, mapping.method()[0]);
        }

        boolean isSecured() {
            // Null stands for what is so for the whole document; an empty list for no proof at all.
            return operation.getSecurity() == null || !operation.getSecurity().isEmpty();
        }

        boolean negotiates() {
            return method != RequestMethod.HEAD
                    && operation.getResponses().entrySet().stream()
                            .filter(answer -> answer.getKey().startsWith("2"))
                            .map(answer -> answer.getValue().getContent())
                            .anyMatch(content -> content != null && !content.containsKey("text/event-stream"));
        }

        boolean isStreamed() {
            return operation.getRequestBody().getContent().containsKey("application/octet-stream");
        }

        boolean writes() {
            return method != RequestMethod.GET && method != RequestMethod.HEAD;
        }

        boolean takes(Class<?> type) {
            return Arrays.stream(handler.getMethodParameters())
                    .anyMatch(parameter -> parameter.getParameterType() == type);
        }

        boolean hasHeader(String name) {
            return operation.getParameters() != null
                    && operation.getParameters().stream()
                            .map(Parameter::getName)
                            .anyMatch(name::equals);
        }
    }
}
