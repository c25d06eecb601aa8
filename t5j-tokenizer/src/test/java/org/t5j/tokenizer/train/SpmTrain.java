package org.t5j.tokenizer.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.t5j.tokenizer.SpmTools;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.TrainerConfigBuilder;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.normalize.NormalizationRule;

/** The installed {@code spm_train}, and its flags as a configuration of this library. */
public final class SpmTrain {

    private SpmTrain() {}

    /** Trains with the C++ program; writes {@code prefix.model} and {@code prefix.vocab}. */
    public static ModelProto train(Path input, Path prefix, List<String> flags)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("--input=" + input, "--model_prefix=" + prefix));
        options.addAll(flags);
        SpmTools.run(prefix.getParent(), new byte[0], "spm_train", options.toArray(String[]::new));
        return ModelProto.read(Path.of(prefix + ".model"));
    }

    /** The configuration that {@code flags} stand for, with the defaults of the C++ program. */
    public static TrainerConfig config(List<String> flags) {
        TrainerConfigBuilder builder = TrainerConfig.builder(size(flags));
        Reserved unk = new Reserved("<unk>", 0);
        Reserved bos = new Reserved("<s>", 1);
        Reserved eos = new Reserved("</s>", 2);
        Reserved pad = new Reserved("<pad>", -1);
        int sample = 0;
        boolean shuffle = true;
        int selfTest = 0;
        long seed = 0;
        UnigramSettings unigram = UnigramSettings.DEFAULT;
        for (String flag : flags) {
            String name = flag.substring(2, flag.indexOf('='));
            String value = flag.substring(flag.indexOf('=') + 1);
            boolean on = value.equals("true");
            switch (name) {
                case "vocab_size" -> {}
                case "model_type" -> builder.modelType(ModelType.valueOf(value.toUpperCase(Locale.ROOT)));
                case "unk_id" -> unk = new Reserved(unk.text, number(value));
                case "bos_id" -> bos = new Reserved(bos.text, number(value));
                case "eos_id" -> eos = new Reserved(eos.text, number(value));
                case "pad_id" -> pad = new Reserved(pad.text, number(value));
                case "unk_piece" -> unk = new Reserved(value, unk.id);
                case "bos_piece" -> bos = new Reserved(value, bos.id);
                case "eos_piece" -> eos = new Reserved(value, eos.id);
                case "pad_piece" -> pad = new Reserved(value, pad.id);
                case "character_coverage" -> builder.characterCoverage(Double.parseDouble(value));
                case "required_chars" -> builder.requiredCharacters(value);
                case "control_symbols" -> builder.controlSymbols(List.of(value.split(",")));
                case "user_defined_symbols" -> builder.userDefinedSymbols(List.of(value.split(",")));
                case "byte_fallback" -> builder.byteFallback(on);
                case "max_sentencepiece_length" -> builder.maxPieceLength(number(value));
                case "split_by_whitespace" -> builder.splitByWhitespace(on);
                case "split_by_unicode_script" -> builder.splitByUnicodeScript(on);
                case "split_by_number" -> builder.splitByNumber(on);
                case "split_digits" -> builder.splitDigits(on);
                case "treat_whitespace_as_suffix" -> builder.whitespaceAsSuffix(on);
                case "allow_whitespace_only_pieces" -> builder.whitespaceOnlyPieces(on);
                case "max_sentence_length" -> builder.maxLineBytes(number(value));
                case "input_sentence_size" -> sample = number(value);
                case "shuffle_input_sentence" -> shuffle = on;
                case "self_test_sample_size" -> selfTest = number(value);
                case "random_seed" -> seed = number(value);
                case "hard_vocab_limit" -> builder.hardVocabLimit(on);
                case "use_all_vocab" -> builder.useAllVocab(on);
                case "num_threads" -> builder.threads(number(value));
                case "add_dummy_prefix" -> builder.addDummyPrefix(on);
                case "remove_extra_whitespaces" -> builder.removeExtraWhitespaces(on);
                case "input_format" -> {}
                case "seed_sentencepiece_size" ->
                    unigram = new UnigramSettings(number(value), unigram.shrinkingFactor(), unigram.subIterations());
                case "shrinking_factor" ->
                    unigram = new UnigramSettings(unigram.seedSize(), Float.parseFloat(value), unigram.subIterations());
                case "num_sub_iterations" ->
                    unigram = new UnigramSettings(unigram.seedSize(), unigram.shrinkingFactor(), number(value));
                case "normalization_rule_name" ->
                    builder.normalization(NormalizationRule.valueOf(value.toUpperCase(Locale.ROOT)));
                default -> throw new AssertionError(flag);
            }
        }
        builder.unk(unk.text, unk.id)
                .bos(bos.text, bos.id)
                .eos(eos.text, eos.id)
                .pad(pad.text, pad.id);
        builder.selfTest(selfTest, seed).unigram(unigram);
        return (shuffle ? builder.sample(sample) : builder.firstLines(sample)).build();
    }

    private record Reserved(String text, int id) {}

    private static int size(List<String> flags) {
        return flags.stream()
                .filter(flag -> flag.startsWith("--vocab_size="))
                .mapToInt(flag -> number(flag.substring("--vocab_size=".length())))
                .findFirst()
                .orElse(8000);
    }

    private static int number(String value) {
        return Integer.parseInt(value);
    }
}
