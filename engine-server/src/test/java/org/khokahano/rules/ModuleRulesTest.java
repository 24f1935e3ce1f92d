package org.khokahano.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Tag;

/** What may depend on what. CONTRIBUTING.md explains each rule. */
@Tag("unit")
@AnalyzeClasses(
        packages = "org.khokahano",
        importOptions = {ImportOption.DoNotIncludeTests.class, ModuleRulesTest.NoTestJars.class})
class ModuleRulesTest {

    /** What another module's tests lend to this one's is a jar, and no part of the engine. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String[] MIDDLE = {
        "org.khokahano.store.sqlite..",
        "org.khokahano.mllp..",
        "org.khokahano.http..",
        "org.khokahano.file..",
        "org.khokahano.routing..",
        "org.khokahano.transform..",
        "org.khokahano.conformance.."
    };

    private static final String[] SERVER = {
        "org.khokahano.engine..",
        "org.khokahano.config..",
        "org.khokahano.cases..",
        "org.khokahano.cli..",
        "org.khokahano.explain..",
        "org.khokahano.admin..",
        "org.khokahano.metrics..",
        "org.khokahano.revision..",
        "org.khokahano.log.."
    };

    @ArchTest
    static final ArchRule MIDDLE_MODULES_NEVER_SEE_EACH_OTHER_OR_THE_SERVER = slices().matching(
                    "org.khokahano.(store.sqlite|mllp|http|file|routing|transform|conformance)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule ONLY_THE_SERVER_SEES_THE_SERVER = noClasses()
            .that()
            .resideOutsideOfPackages(SERVER)
            .and()
            .resideOutsideOfPackage("org.khokahano.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SERVER);

    @ArchTest
    static final ArchRule THE_CORE_SEES_NO_MIDDLE_MODULE = noClasses()
            .that()
            .resideOutsideOfPackages(MIDDLE)
            .and()
            .resideOutsideOfPackages(SERVER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(MIDDLE);

    @ArchTest
    static final ArchRule ONLY_TRANSPORTS_SEE_NETTY = noClasses()
            .that()
            .resideOutsideOfPackages("org.khokahano.mllp..", "org.khokahano.http..")
            .and()
            .resideOutsideOfPackages("org.khokahano.admin..", "org.khokahano.cli..")
            .and()
            .resideOutsideOfPackages("org.khokahano.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "com.linecorp.armeria..");

    @ArchTest
    static final ArchRule ONLY_THE_STORE_SEES_JDBC = noClasses()
            .that()
            .resideOutsideOfPackage("org.khokahano.store.sqlite..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.sqlite..");

    @ArchTest
    static final ArchRule ONLY_THE_MESSAGE_PACKAGE_SEES_HAPI = noClasses()
            .that()
            .resideOutsideOfPackage("org.khokahano.message..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ca.uhn.hl7v2..");

    @ArchTest
    static final ArchRule ONLY_COMMANDS_WRITE_TO_THE_TERMINAL_OR_EXIT = noClasses()
            .that()
            .resideOutsideOfPackage("org.khokahano.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_THINGS_ARE = classes()
            .should()
            .haveSimpleNameNotEndingWith("Impl")
            .andShould()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Processor");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("org.khokahano.(**)").should().beFreeOfCycles();
}
