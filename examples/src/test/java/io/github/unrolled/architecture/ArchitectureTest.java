package io.github.unrolled.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameContaining;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Who may know whom. A new package needs a place here. */
class ArchitectureTest {
    private static final String ROOT = "io.github.unrolled.";

    /** The floors of rnn-core: a package knows only those of the floors before its own. */
    private static final List<Set<String>> FLOORS = List.of(
            Set.of("random"),
            Set.of("tensor"),
            Set.of("engine"),
            Set.of("engine.reference", "engine.onednn"),
            Set.of("autodiff"),
            Set.of("nn"),
            Set.of("model"),
            Set.of("train"),
            Set.of("dl4j"));

    private static final String[] CORE = {
        ROOT + "random..",
        ROOT + "tensor..",
        ROOT + "engine..",
        ROOT + "autodiff..",
        ROOT + "nn..",
        ROOT + "model..",
        ROOT + "train..",
        ROOT + "dl4j.."
    };
    private static final String DATASETS = ROOT + "datasets..";
    private static final String MODELS = ROOT + "models..";
    private static final String[] APPLICATIONS = {
        ROOT + "app..", ROOT + "charlm..", ROOT + "motion..", ROOT + "imaging..", ROOT + "video.."
    };
    private static final String EXAMPLES = ROOT + "examples..";

    private static final DescribedPredicate<JavaClass> LIBRARIES =
            resideInAnyPackage(CORE).or(resideInAnyPackage(DATASETS, MODELS)).as("libraries");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.unrolled");

    @Test
    void everyModuleIsSeen() {
        assertThat(CLASSES)
                .extracting(JavaClass::getPackageName)
                .contains(
                        ROOT + "tensor",
                        ROOT + "engine.onednn",
                        ROOT + "datasets",
                        ROOT + "models.charlm",
                        ROOT + "models.motion.pedestrian",
                        ROOT + "motion",
                        ROOT + "app");
    }

    @Test
    void everyPackageHasAPlace() {
        classes()
                .should()
                .resideInAnyPackage(CORE)
                .orShould()
                .resideInAnyPackage(APPLICATIONS)
                .orShould()
                .resideInAnyPackage(DATASETS, MODELS, EXAMPLES)
                .check(CLASSES);
    }

    @Test
    void noPackagesDependOnEachOtherInACircle() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void eachFloorOfTheCoreKnowsOnlyThoseBelow() {
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            String[] above = FLOORS.subList(floor + 1, FLOORS.size()).stream()
                    .flatMap(Set::stream)
                    .flatMap(name -> packagesOf(name).stream())
                    .toArray(String[]::new);
            String[] here = FLOORS.get(floor).stream()
                    .flatMap(name -> packagesOf(name).stream())
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAnyPackage(here)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(above)
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    /** An engine is found as a service, so that another one can take its place. */
    @Test
    void nobodyNamesAnEngineThatImplementsTheKernels() {
        for (String engine : List.of("reference", "onednn")) {
            String itself = ROOT + "engine." + engine + "..";
            noClasses()
                    .that()
                    .resideOutsideOfPackage(itself)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(itself)
                    .check(CLASSES);
        }
    }

    @Test
    void modulesDependOnlyOnWhatLiesBelowThem() {
        mayNotKnow(CORE, DATASETS, MODELS, EXAMPLES);
        mayNotKnow(CORE, APPLICATIONS);
        mayNotKnow(new String[] {DATASETS}, MODELS, EXAMPLES);
        mayNotKnow(new String[] {DATASETS}, APPLICATIONS);
        mayNotKnow(new String[] {MODELS}, EXAMPLES);
        mayNotKnow(new String[] {MODELS}, APPLICATIONS);
        mayNotKnow(new String[] {EXAMPLES}, APPLICATIONS);
    }

    @Test
    void nativeLibrariesStayBehindOnePackageEach() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "engine.onednn..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco.dnnl..", "org.bytedeco.opencl..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(DATASETS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco.opencv..", "org.bytedeco.ffmpeg..", "org.bytedeco.javacv..")
                .check(CLASSES);
    }

    @Test
    void deeplearning4jIsKnownToItsLayersAndNetworksToRecordReadersAndToExamplesOnly() {
        DescribedPredicate<JavaClass> readers = resideInAnyPackage(DATASETS).and(simpleNameContaining("RecordReader"));
        noClasses()
                .that(are(not(resideInAnyPackage(ROOT + "dl4j..", ROOT + "models.dl4j..", EXAMPLES)
                        .or(readers))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "org.datavec..")
                .check(CLASSES);
    }

    @Test
    void librariesNeitherPrintNorEndTheVirtualMachine() {
        noClasses().that(are(LIBRARIES)).should(ACCESS_STANDARD_STREAMS).check(CLASSES);
        noClasses()
                .that(are(LIBRARIES))
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(CLASSES);
    }

    @Test
    void librariesHaveNoStaticStateThatChanges() {
        fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat(are(LIBRARIES))
                .should()
                .beFinal()
                .andShould()
                .notHaveRawType(resideInAnyPackage("java.util.concurrent.atomic"))
                .andShould()
                .notHaveRawType(ThreadLocal.class)
                .check(CLASSES);
    }

    @Test
    void nullIsMarkedInEveryPackage() {
        Map<String, JavaPackage> packages = CLASSES.stream()
                .map(JavaClass::getPackage)
                .collect(Collectors.toMap(JavaPackage::getName, p -> p, (a, b) -> a));
        assertThat(packages)
                .allSatisfy((name, p) ->
                        assertThat(p.isAnnotatedWith(NullMarked.class)).as(name).isTrue());
    }

    /** Engine and its implementations are floors of their own; every other floor includes what is inside it. */
    private static List<String> packagesOf(String floor) {
        return List.of(ROOT + floor + (floor.equals("engine") ? "" : ".."));
    }

    private static void mayNotKnow(String[] these, String... those) {
        noClasses()
                .that()
                .resideInAnyPackage(these)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(those)
                .check(CLASSES);
    }
}
