package org.t5j.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

/** What may know what inside t5j-core. */
@AnalyzeClasses(packages = "org.t5j.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule ONLY_TENSORS_AND_KERNELS_KNOW_ND4J = noClasses()
            .that()
            .resideOutsideOfPackages("org.t5j.core.tensor", "org.t5j.core.kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.bytedeco..");

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_TEXT = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.t5j.tokenizer..", "org.t5j.data..", "org.t5j.train..");

    @ArchTest
    static final ArchRule CORE_DOES_NOT_PRINT = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("org.t5j.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule KERNELS_KNOW_NO_LAYERS = noClasses()
            .that()
            .resideInAPackage("org.t5j.core.kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.t5j.core.layer", "org.t5j.core.decode", "org.t5j.core.checkpoint");
}
