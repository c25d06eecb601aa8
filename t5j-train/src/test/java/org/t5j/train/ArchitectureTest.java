package org.t5j.train;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What t5j-train may depend on: never ND4J; and that its packages form no circle. */
@AnalyzeClasses(packages = "org.t5j.train", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWN_DEPENDENCIES = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.t5j.train..",
                    "org.t5j.core..",
                    "org.t5j.data..",
                    "org.t5j.tokenizer..",
                    "com.fasterxml.jackson..",
                    "org.slf4j..",
                    "java..");

    @ArchTest
    static final ArchRule NO_ND4J =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.nd4j..", "org.bytedeco..");

    @ArchTest
    static final ArchRule NO_CIRCLES =
            slices().matching("org.t5j.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule CONFIGURATION_FILES_KNOW_NO_SETTINGS = classes()
            .that()
            .resideInAPackage("org.t5j.train.config")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("org.t5j.train.config", "org.t5j.core", "com.fasterxml.jackson..", "java..");
}
