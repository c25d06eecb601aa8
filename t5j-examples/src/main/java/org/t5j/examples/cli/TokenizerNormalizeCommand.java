package org.t5j.examples.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.t5j.tokenizer.bytes.ByteTrie;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.NormalizerSpec;
import org.t5j.tokenizer.normalize.CharacterRules;
import org.t5j.tokenizer.normalize.Normalizer;
import org.t5j.tokenizer.normalize.Normalizer.Position;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "normalize",
        preprocessor = SpmFlags.class,
        description =
                "Replaces characters in every line of text as a vocabulary does before it cuts it into pieces; takes"
                        + " the options of spm_normalize.")
final class TokenizerNormalizeCommand extends Subcommand {
    @Option(names = "--model", paramLabel = "FILE", description = "A .model file, whose rules are taken.")
    private Path model;

    @Option(
            names = {"--normalization_rule_name", "--normalization"},
            paramLabel = "RULE",
            description = "Rules by their name: nmt_nfkc, nfkc, nmt_nfkc_cf, nfkc_cf or identity.")
    private String ruleName;

    @Option(
            names = "--normalization_rule_tsv",
            paramLabel = "FILE",
            description = "Rules from a file: code points in hexadecimal, a tab, those to put in their place.")
    private Path ruleFile;

    @Option(
            names = "--use_internal_normalization",
            arity = "0..1",
            paramLabel = "BOOL",
            description = "Treat spaces as the model does: a space before the text, and \u2581 for spaces.",
            defaultValue = "false")
    private boolean internal;

    @Option(
            names = "--remove_extra_whitespaces",
            arity = "0..1",
            paramLabel = "BOOL",
            description = "Drop leading, trailing and repeated spaces, if the model's treatment is not used.",
            defaultValue = "true")
    private boolean removeExtraSpaces;

    @Option(
            names = "--decompile",
            arity = "0..1",
            paramLabel = "BOOL",
            description = "Write the rules as such a file instead.",
            defaultValue = "false")
    private boolean decompile;

    @Mixin
    private TextOptions text;

    @Override
    public Integer call() throws IOException {
        require(
                Stream.of(model, ruleName, ruleFile).anyMatch(source -> source != null),
                "Say which rules: give --model, --normalization_rule_tsv or --normalization_rule_name");
        text.check(this);
        NormalizerSpec rules = rules();
        if (decompile) {
            String tsv = CharacterRules.of(rules.precompiledCharsmap()).toTsv();
            Bytes content = new Bytes(tsv.length());
            content.append(tsv, 0, tsv.length());
            text.write(this, content);
            return 0;
        }
        NormalizerSpec spec = internal ? rules : rules.withSpaces(false, removeExtraSpaces, false);
        Normalizer normalizer = new Normalizer(spec, false, ByteTrie.of(List.of()));
        text.transform(this, block -> normalized(block, normalizer));
        return 0;
    }

    private NormalizerSpec rules() {
        if (model != null) {
            return ModelProto.read(model).normalizerSpec();
        }
        return NormalizationOptions.rules(this, ruleName, ruleFile);
    }

    private static Bytes normalized(LineBlock block, Normalizer normalizer) {
        Bytes out = new Bytes(block.text().length + 16);
        Bytes line = new Bytes(256);
        Bytes result = new Bytes(256);
        block.forEachLine((text, from, to, number) -> {
            line.clear();
            line.append(text, from, to);
            normalizer.normalize(line, Position.WHOLE, result);
            out.append(result.array(), 0, result.length());
            out.append((byte) '\n');
        });
        return out;
    }
}
