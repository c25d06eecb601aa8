package org.t5j.tokenizer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What may depend on what in this module. */
@AnalyzeClasses(packages = "org.t5j.tokenizer", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule theTokenizerDependsOnNothingButTheJdk = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.t5j.tokenizer", "org.t5j.tokenizer..");

    @ArchTest
    static final ArchRule bytesKnowNoVocabulary = noClasses()
            .that()
            .resideInAPackage("..bytes")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.t5j.tokenizer", "..model", "..normalize", "..unigram", "..bpe", "..character", "..word");

    @ArchTest
    static final ArchRule filesAndNormalisationKnowNoSegmentation = noClasses()
            .that()
            .resideInAnyPackage("..model", "..normalize")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..unigram", "..bpe", "..character", "..word");

    @ArchTest
    static final ArchRule modelFilesKnowNoNormalisation = noClasses()
            .that()
            .resideInAPackage("..model")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..normalize");
}
