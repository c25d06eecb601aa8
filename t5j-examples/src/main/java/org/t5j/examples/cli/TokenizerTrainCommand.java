package org.t5j.examples.cli;

import java.nio.file.Path;
import java.util.Map;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.TrainerConfigBuilder;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.train.Progress;
import org.t5j.tokenizer.train.VocabularyList;
import org.t5j.tokenizer.train.VocabularyTrainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "train",
        preprocessor = SpmFlags.class,
        description =
                "Trains a vocabulary on text; takes the options of spm_train. The special ids are T5's: padding 0,"
                        + " end of sequence 1, unknown 2. Those of spm_train are had by --unk_id=0 --bos_id=1 --eos_id=2"
                        + " --pad_id=-1.")
final class TokenizerTrainCommand extends Subcommand {
    private static final OptionNames NAMES = new OptionNames(Map.ofEntries(
            Map.entry("TrainerConfig: ", ""),
            Map.entry("vocabSize", "--vocab_size"),
            Map.entry("characterCoverage", "--character_coverage"),
            Map.entry("requiredCharacters", "--required_chars"),
            Map.entry("maxLines", "--input_sentence_size"),
            Map.entry("maxLineBytes", "--max_sentence_length"),
            Map.entry("maxPieceLength", "--max_sentencepiece_length"),
            Map.entry("selfTestSamples", "--self_test_sample_size"),
            Map.entry("seedSize", "--seed_sentencepiece_size"),
            Map.entry("shrinkingFactor", "--shrinking_factor"),
            Map.entry("subIterations", "--num_sub_iterations"),
            Map.entry("userDefinedSymbols", "--user_defined_symbols"),
            Map.entry("controlSymbols", "--control_symbols"),
            Map.entry("hardVocabLimit", "--hard_vocab_limit"),
            Map.entry("useAllVocab", "--use_all_vocab"),
            Map.entry("unkId", "--unk_id"),
            Map.entry("bosId", "--bos_id"),
            Map.entry("eosId", "--eos_id"),
            Map.entry("padId", "--pad_id"),
            Map.entry(": threads", ": --num_threads")));

    @Mixin
    private TrainingTextOptions text;

    @Option(names = "--output", paramLabel = "FILE", description = "The .model file to write.")
    private Path output;

    @Option(
            names = "--model_prefix",
            paramLabel = "PREFIX",
            description = "Write PREFIX.model, and PREFIX.vocab for people to read, instead.")
    private Path prefix;

    @Option(
            names = "--vocabulary_output_piece_score",
            arity = "0..1",
            paramLabel = "BOOL",
            description = "Write scores into PREFIX.vocab.",
            defaultValue = "true")
    private boolean writeScores;

    @Option(
            names = "--model_type",
            paramLabel = "TYPE",
            description = "unigram, bpe, word or char.",
            defaultValue = "unigram")
    private ModelType type;

    @Option(names = "--vocab_size", paramLabel = "N", description = "Number of pieces.", defaultValue = "8000")
    private int vocabSize;

    @Option(
            names = "--num_threads",
            paramLabel = "N",
            description =
                    "Parts that the work is shared out in; as many run at once as there are cores. The scores of a"
                            + " unigram vocabulary depend on it in their last digits.",
            defaultValue = "16")
    private int threads;

    @Mixin
    private PieceOptions pieces;

    @Mixin
    private SpecialPieceOptions specialPieces;

    @Mixin
    private NormalizationOptions normalization;

    @Mixin
    private UnigramOptions unigram;

    @Mixin
    private OtherSpmTrainOptions others;

    @Override
    public Integer call() {
        others.check(this);
        text.check(this);
        require(output != null || prefix != null, "Say what to write: give --model_prefix or --output");
        require(output == null || prefix == null, "Give --model_prefix or --output, not both");
        Path modelFile = output != null ? output : Path.of(prefix + ".model");
        OutputOption.checkPlace(this, output != null ? "--output" : "--model_prefix", modelFile);
        TrainerConfig config = made(NAMES, this::config);
        long started = System.nanoTime();
        ModelProto model = train(config);
        model.write(modelFile);
        if (prefix != null) {
            VocabularyList.write(model, Path.of(prefix + ".vocab"), writeScores);
        }
        int files = text.files().size();
        err().printf(
                        "Trained %d pieces on %d file%s in %.1f s. Special ids: %s%n",
                        model.pieces().size(),
                        files,
                        files == 1 ? "" : "s",
                        (System.nanoTime() - started) / 1e9,
                        specialPieces.ids());
        out().println(modelFile);
        return 0;
    }

    private TrainerConfig config() {
        TrainerConfigBuilder builder =
                TrainerConfig.builder(vocabSize).modelType(type).threads(threads);
        text.addTo(builder);
        pieces.addTo(builder);
        specialPieces.addTo(builder);
        normalization.addTo(this, builder);
        unigram.addTo(builder);
        return builder.build();
    }

    private ModelProto train(TrainerConfig config) {
        Progress progress = others.isQuiet() ? Progress.NONE : new ProgressLines(err());
        try {
            return VocabularyTrainer.of(config).train(text.text(), progress);
        } catch (TokenizerException e) {
            throw new TokenizerException(NAMES.in(e.getMessage()), e);
        }
    }
}
