package org.t5j.data;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What this module may depend on, and that its packages form no circle. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.t5j.data");

    @Test
    void dataKnowsOnlyTokenizersJacksonAndTheJdk() {
        classes()
                .that()
                .resideOutsideOfPackage("org.t5j.data.source")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("org.t5j.data..", "org.t5j.tokenizer..", "com.fasterxml.jackson..", "java..")
                .check(CLASSES);
    }

    @Test
    void onlySourcesKnowFileFormats() {
        classes()
                .that()
                .resideInAPackage("org.t5j.data.source")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.t5j.data..",
                        "com.fasterxml.jackson..",
                        "com.github.luben.zstd..",
                        "org.apache.parquet..",
                        "org.xerial.snappy..",
                        "java..")
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCircle() {
        slices().matching("org.t5j.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
