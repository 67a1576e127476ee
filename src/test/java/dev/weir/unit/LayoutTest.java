package dev.weir.unit;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.weir.MayUse;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Holds the layout: each package uses only those of ours that its {@link MayUse} names. */
class LayoutTest {
    private static final String ROOT = "dev.weir";
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void aPackageUsesOnlyThosePackagesOfOursThatItNames() {
        ArchRuleDefinition.classes().should(useOnlyNamedPackages()).check(classes);
    }

    @Test
    void everyPackageSaysWhatItMayUse() {
        var packages = classes.stream()
                .map(JavaClass::getPackage)
                .filter(p -> !p.getName().equals(ROOT))
                .distinct()
                .toList();
        Assertions.assertThat(packages).hasSizeGreaterThan(5).allMatch(p -> p.isAnnotatedWith(MayUse.class));
    }

    @Test
    void nobodyOutsideTheLauncherKnowsJettysServer() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage("dev.weir.boot..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.eclipse.jetty.server..",
                        "org.eclipse.jetty.ee11.servlet..",
                        "org.eclipse.jetty.ee11.webapp..")
                .check(classes);
    }

    @Test
    void noFileNameHidesWhatIsInside() {
        ArchRuleDefinition.noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helper|Manager|Impl|Base|Common)")
                .check(classes);
    }

    private static ArchCondition<JavaClass> useOnlyNamedPackages() {
        return new ArchCondition<>("use only the packages that its own names in @MayUse") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (type.getPackageName().equals(ROOT)) {
                    return;
                }
                Set<String> mayUse = Set.of(
                        type.getPackage().getAnnotationOfType(MayUse.class).value());
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    String target = dependency.getTargetClass().getPackageName();
                    boolean ours = target.startsWith(ROOT + ".") && !target.equals(type.getPackageName());
                    if (ours && !mayUse.contains(target.substring(ROOT.length() + 1))) {
                        events.add(violated(type, dependency.getDescription()));
                    }
                }
            }
        };
    }

    /** So that no failure is answered without an outcome, a sentence and a page that says more. */
    @Test
    void nobodyAnswersWithAStatusOfTheirOwnButTheRefusalAndWhoPassesAnUpstreamsOn() {
        ArchRuleDefinition.noClasses()
                .that()
                .haveNameNotMatching(".*\\.(Refusal|Answer|StatusServlet)")
                .should()
                .callMethod(HttpServletResponse.class, "setStatus", int.class)
                .orShould()
                .callMethod(HttpServletResponse.class, "sendError", int.class, String.class)
                .orShould()
                .callMethod(HttpServletResponse.class, "sendRedirect", String.class)
                .check(classes);
        ArchRuleDefinition.noClasses()
                .that()
                .haveNameNotMatching(".*\\.JettyHome") // whose status is no answer, but an abort
                .should()
                .callMethod(HttpServletResponse.class, "sendError", int.class)
                .check(classes);
    }
}
