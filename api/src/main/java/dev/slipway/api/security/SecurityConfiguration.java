package dev.slipway.api.security;

import dev.slipway.api.ApiProperties;
import dev.slipway.api.problem.ProblemWriter;
import dev.slipway.core.failure.FailureType;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** A bearer token on every route, and everything refused that is not named here. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final String FOLLOWED = "/api/deployments/{deployment}";
    private static final String CODEC = "/api/codec/*";
    // The API serves no page: whatever a browser makes of an answer, nothing in it may run or be framed.
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; frame-ancestors 'none'";

    @Bean
    SecurityFilterChain api(HttpSecurity http, Tokens tokens, ProblemWriter problems, ApiProperties properties)
            throws Exception {
        AuthenticationEntryPoint unauthenticated = (_, response, _) -> {
            response.setHeader("WWW-Authenticate", "Bearer");
            problems.write(
                    response,
                    FailureType.UNAUTHENTICATED,
                    "Send the token of this installation: Authorization: Bearer <token>");
        };
        AccessDeniedHandler forbidden = (_, response, _) ->
                problems.write(response, FailureType.FORBIDDEN, "This token does not permit the request");
        return http
                // No cookie carries any authority here, so that there is nothing to forge a request with.
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilter(codecForTheTemporalUi(properties.temporal().uiUrl(), problems))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .authorizeHttpRequests(
                        routes -> routes.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                                .permitAll()
                                .requestMatchers(HttpMethod.GET, "/actuator/health", "/actuator/health/*")
                                .permitAll()
                                .requestMatchers(HttpMethod.GET, "/api/artifacts/*")
                                .hasAnyRole(Role.OPERATOR.name(), Role.AGENT.name())
                                .requestMatchers(HttpMethod.HEAD, "/api/artifacts/*")
                                .hasAnyRole(Role.OPERATOR.name(), Role.AGENT.name())
                                .requestMatchers(HttpMethod.GET, "/api/nodes/*/deployments/*/tasks/*")
                                .hasAnyRole(Role.OPERATOR.name(), Role.AGENT.name())
                                .requestMatchers(HttpMethod.POST, "/api/deployments/*/tasks/*/logs")
                                .hasAnyRole(Role.OPERATOR.name(), Role.AGENT.name())
                                // The token of the CI job is the proof, which the feature asks for.
                                .requestMatchers(HttpMethod.POST, "/api/deploy")
                                .permitAll()
                                // So is the signature of a delivery.
                                .requestMatchers(HttpMethod.POST, "/api/webhooks/*")
                                .permitAll()
                                .requestMatchers(HttpMethod.GET, FOLLOWED, FOLLOWED + "/events")
                                .access(SecurityConfiguration::mayFollow)
                                .requestMatchers(HttpMethod.POST, FOLLOWED + "/cancel")
                                .access(SecurityConfiguration::mayFollow)
                                .requestMatchers(HttpMethod.PUT, "/api/nodes/*")
                                .hasAnyRole(Role.OPERATOR.name(), Role.AGENT.name())
                                .anyRequest()
                                .hasRole(Role.OPERATOR.name()))
                .oauth2ResourceServer(server -> server.opaqueToken(opaque -> opaque.introspector(tokens))
                        .authenticationEntryPoint(unauthenticated)
                        .accessDeniedHandler(forbidden))
                .exceptionHandling(errors ->
                        errors.authenticationEntryPoint(unauthenticated).accessDeniedHandler(forbidden))
                .build();
    }

    /** Operators see every deployment, and whoever asked for one sees that one. */
    private static AuthorizationDecision mayFollow(
            Supplier<? extends @Nullable Authentication> asking, RequestAuthorizationContext request) {
        Authentication authentication = asking.get();
        String deployment = request.getVariables().get("deployment");
        return new AuthorizationDecision(authentication != null
                && authentication.isAuthenticated()
                && (has(authentication, Role.OPERATOR)
                        || (has(authentication, Role.FOLLOWER)
                                && authentication.getName().equals(deployment))));
    }

    private static boolean has(Authentication authentication, Role role) {
        return authentication.getAuthorities().stream()
                .anyMatch(authority -> ("ROLE_" + role.name()).equals(authority.getAuthority()));
    }

    @Bean
    RequestRejectedHandler rejectedByTheFirewall(ProblemWriter problems) {
        return (_, response, _) -> problems.write(response, HttpStatus.BAD_REQUEST, "Malformed request URL or header");
    }

    private static CorsFilter codecForTheTemporalUi(@Nullable URI ui, ProblemWriter problems) {
        CorsConfiguration codec = new CorsConfiguration();
        codec.setAllowedOrigins(ui == null ? List.of() : List.of(ui.getScheme() + "://" + ui.getRawAuthority()));
        codec.setAllowedMethods(List.of(HttpMethod.POST.name()));
        codec.setAllowedHeaders(List.of("Authorization", "Content-Type", "X-Namespace"));
        codec.setAllowCredentials(true);
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration(CODEC, codec);
        CorsFilter filter = new CorsFilter(source);
        filter.setCorsProcessor(new ForeignOrigins(problems));
        return filter;
    }
}
