package org.t5j.tokenizer;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;

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
                    "org.t5j.tokenizer",
                    "..model",
                    "..normalize",
                    "..unigram",
                    "..bpe",
                    "..character",
                    "..word",
                    "..train");

    @ArchTest
    static final ArchRule filesAndNormalisationKnowNoSegmentation = noClasses()
            .that()
            .resideInAnyPackage("..model", "..normalize")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..unigram", "..bpe", "..character", "..word", "..train");

    @ArchTest
    static final ArchRule modelFilesKnowNoNormalisation = noClasses()
            .that()
            .resideInAPackage("..model")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..normalize");

    @ArchTest
    static final ArchRule typesOfModelsDoNotKnowEachOther = CompositeArchRule.of(List.of(
            notKnownToOtherTypes("..unigram"), notKnownToOtherTypes("..bpe"),
            notKnownToOtherTypes("..character"), notKnownToOtherTypes("..word")));

    private static ArchRule notKnownToOtherTypes(String type) {
        return classes()
                .that()
                .resideInAPackage(type)
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAnyPackage("org.t5j.tokenizer", "..train", type);
    }

    @ArchTest
    static final ArchRule onlyTheChoiceOfATrainerKnowsTheTypesOfModels = noClasses()
            .that()
            .resideInAPackage("..train")
            .and()
            .doNotHaveSimpleName("VocabularyTrainer")
            .should()
            .dependOnClassesThat(resideInAnyPackage("..unigram", "..bpe", "..character", "..word")
                    .and(not(simpleName("WordSplitter"))));
}
