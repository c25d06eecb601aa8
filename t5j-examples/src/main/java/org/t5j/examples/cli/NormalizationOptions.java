package org.t5j.examples.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.t5j.tokenizer.TrainerConfigBuilder;
import org.t5j.tokenizer.model.NormalizerSpec;
import org.t5j.tokenizer.normalize.CharacterRules;
import org.t5j.tokenizer.normalize.NormalizationRule;
import picocli.CommandLine.Option;

/** What a new vocabulary does with text before it cuts it into pieces. */
final class NormalizationOptions {
    private static final String DEFAULT_RULE = "nmt_nfkc";
    private static final OptionNames NO_NAMES = new OptionNames(Map.of());

    @Option(
            names = {"--normalization_rule_name", "--normalization"},
            paramLabel = "RULE",
            description = "Character replacement: nmt_nfkc, nfkc, nmt_nfkc_cf, nfkc_cf or identity.",
            defaultValue = DEFAULT_RULE)
    private String ruleName;

    @Option(
            names = "--normalization_rule_tsv",
            paramLabel = "FILE",
            description =
                    "Character replacement by rules of your own: code points in hexadecimal, a tab, those to put in"
                            + " their place.")
    private Path ruleFile;

    @Option(names = "--denormalization_rule_tsv", paramLabel = "FILE", description = "Such rules for decoded text.")
    private Path denormalizationFile;

    @Option(
            names = "--add_dummy_prefix",
            arity = "0..1",
            paramLabel = "BOOL",
            description = "Put a space before the text, so that its first word is as any other.",
            defaultValue = "true")
    private boolean addDummyPrefix;

    @Option(
            names = "--remove_extra_whitespaces",
            arity = "0..1",
            paramLabel = "BOOL",
            description = "Drop leading, trailing and repeated spaces.",
            defaultValue = "true")
    private boolean removeExtraSpaces;

    void addTo(Subcommand command, TrainerConfigBuilder builder) {
        builder.normalizer(rules(command, ruleName, ruleFile))
                .addDummyPrefix(addDummyPrefix)
                .removeExtraWhitespaces(removeExtraSpaces);
        if (denormalizationFile != null) {
            builder.denormalizer(CharacterRules.parse(denormalizationFile).denormalizerSpec());
        }
    }

    /** The rules of a file if one is given, else those with a name. */
    static NormalizerSpec rules(Subcommand command, String name, Path file) {
        if (file != null) {
            return CharacterRules.parse(file).normalizerSpec();
        }
        String wanted = name.isEmpty() ? DEFAULT_RULE : name.toLowerCase(Locale.ROOT);
        return command.made(NO_NAMES, () -> NormalizationRule.ofName(wanted).spec());
    }
}
