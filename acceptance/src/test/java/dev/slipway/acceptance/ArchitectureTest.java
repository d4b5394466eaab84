package dev.slipway.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import dev.slipway.core.kind.DeploymentKind;
import java.util.stream.Stream;

/** The house: floors import only what is below them, and rooms meet only in the core. */
@AnalyzeClasses(packages = "dev.slipway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule floorsImportOnlyWhatIsBelow = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("core")
            .definedBy("dev.slipway.core..")
            .layer("archive")
            .definedBy("dev.slipway.archive..")
            .layer("workflows")
            .definedBy("dev.slipway.workflows..")
            .layer("activities")
            .definedBy("dev.slipway.activities..")
            .layer("store")
            .definedBy("dev.slipway.store..")
            .layer("api")
            .definedBy("dev.slipway.api..")
            .layer("worker")
            .definedBy("dev.slipway.worker..")
            .layer("agent")
            .definedBy("dev.slipway.agent..")
            .layer("cli")
            .definedBy("dev.slipway.cli..")
            .layer("server")
            .definedBy("dev.slipway.server..")
            .whereLayer("core")
            .mayNotAccessAnyLayer()
            .whereLayer("archive")
            .mayOnlyAccessLayers("core")
            .whereLayer("workflows")
            .mayOnlyAccessLayers("core")
            .whereLayer("activities")
            .mayOnlyAccessLayers("core", "archive", "workflows")
            .whereLayer("store")
            .mayOnlyAccessLayers("core")
            .whereLayer("api")
            .mayOnlyAccessLayers("core", "archive", "workflows", "store")
            .whereLayer("worker")
            .mayOnlyAccessLayers("core", "workflows", "activities", "store")
            .whereLayer("agent")
            .mayOnlyAccessLayers("core", "archive", "workflows")
            .whereLayer("cli")
            .mayOnlyAccessLayers("core", "archive");

    @ArchTest
    static final ArchRule coreIsPlainJava = noClasses()
            .that()
            .resideInAPackage("dev.slipway.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..", "io.temporal..", "java.net.http..", "java.sql..", "tools.jackson..");

    @ArchTest
    static final ArchRule workflowImplementationsAreKnownToTheirWorkerOnly = noClasses()
            .that()
            .resideOutsideOfPackages("dev.slipway.workflows..", "dev.slipway.worker..")
            .should()
            .dependOnClassesThat()
            .haveSimpleNameEndingWith("WorkflowImpl");

    @ArchTest
    static final ArchRule springStaysOnTheServer = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.slipway.archive..",
                    "dev.slipway.workflows..",
                    "dev.slipway.activities..",
                    "dev.slipway.agent..",
                    "dev.slipway.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..");

    /** A new kind of deployment touches rooms of its own and one line of registration on each floor. */
    @ArchTest
    static final ArchRule aKindIsKnownToItsOwnRoomsOnly = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "..release..", "..gitops..", "dev.slipway.core.kind..", "dev.slipway.activities.kubernetes..")
            .should()
            .accessFieldWhere(DescribedPredicate.describe(
                    "the field is a kind of deployment",
                    access -> access.getTarget().getOwner().isEquivalentTo(DeploymentKind.class)
                            && Stream.of(DeploymentKind.values())
                                    .anyMatch(kind -> kind.name()
                                            .equals(access.getTarget().getName()))))
            .orShould(new ArchCondition<>("ask what belongs to a kind for its type") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    type.getInstanceofChecks().stream()
                            .filter(check -> JavaClass.Predicates.resideInAnyPackage("..release..", "..gitops..")
                                    .test(check.getRawType()))
                            .forEach(check -> events.add(SimpleConditionEvent.satisfied(type, check.toString())));
                }
            });

    @ArchTest
    static final ArchRule roomsHaveNoCycles =
            slices().matching("dev.slipway.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayWhatAThingIs =
            classes().should().haveNameNotMatching(".*(Manager|Helper|Utils?|Processor)$");
}
