package org.t5j.examples.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.t5j.examples.cli.LinePipeline.Results;
import org.t5j.tokenizer.Sampling;
import org.t5j.tokenizer.SentencePieceTokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "encode",
        preprocessor = SpmFlags.class,
        description = "Turns every line of text into a line of pieces or ids, separated by spaces; takes the options of"
                + " spm_encode.")
final class TokenizerEncodeCommand extends Subcommand {
    private static final long NO_SEED = 0xFFFF_FFFFL;

    @Mixin
    private Vocabulary vocabulary;

    @Mixin
    private TextOptions text;

    @Option(
            names = "--output_format",
            paramLabel = "FORMAT",
            description = "What to print: piece, id, sample_piece, sample_id, nbest_piece or nbest_id.",
            defaultValue = "piece")
    private String formatName;

    @Option(
            names = "--extra_options",
            paramLabel = "LIST",
            description =
                    "bos, eos, reverse and unk with colons between them, done in this order; unk writes the unknown"
                            + " piece in place of unknown text.",
            defaultValue = "")
    private String extraOptions;

    @Option(
            names = "--eos",
            description = "End every line with the end-of-sequence token, as --extra_options=eos does.")
    private boolean eos;

    @Option(
            names = "--nbest_size",
            paramLabel = "N",
            description = "Segmentations to print, or to draw from; -1 to draw from all.",
            defaultValue = "10")
    private int nBestSize;

    @Option(
            names = "--alpha",
            paramLabel = "X",
            description = "For drawing: the larger, the more the best segmentations are preferred; for BPE the share of"
                    + " merges that are left out.",
            defaultValue = "0.5")
    private float alpha;

    @Option(
            names = "--random_seed",
            paramLabel = "N",
            description = "Seed for drawing; another each time if not given.")
    private Long seed;

    @Option(
            names = "--vocabulary",
            paramLabel = "FILE",
            description = "Use only the pieces in this file, and single characters.")
    private Path allowed;

    @Option(
            names = "--vocabulary_threshold",
            paramLabel = "N",
            description = "Of those only the ones that the file counts so often.",
            defaultValue = "0")
    private long threshold;

    @Option(
            names = "--generate_vocabulary",
            arity = "0..1",
            paramLabel = "BOOL",
            description = "Print how often the text has each piece instead.",
            defaultValue = "false")
    private boolean generateVocabulary;

    @Override
    public Integer call() throws IOException {
        EncodeFormat format = EncodeFormat.named(this, formatName);
        text.check(this);
        SentencePieceTokenizer tokenizer =
                allowed == null ? vocabulary.load() : vocabulary.load(new AllowedPieces(allowed, threshold));
        if (generateVocabulary) {
            countPieces(tokenizer);
        } else {
            LineEncoder encoder = encoder(tokenizer, format);
            text.transform(this, encoder::encode);
        }
        return 0;
    }

    private LineEncoder encoder(SentencePieceTokenizer tokenizer, EncodeFormat format) {
        String list = eos ? extraOptions + (extraOptions.isEmpty() ? "" : ":") + "eos" : extraOptions;
        Sampling sampling = made(new OptionNames(Map.of()), () -> switch (format) {
            case SAMPLE_ID, SAMPLE_PIECE -> new Sampling(alpha, nBestSize);
            default -> null;
        });
        boolean severalBest = format == EncodeFormat.NBEST_ID || format == EncodeFormat.NBEST_PIECE;
        require(
                !severalBest || nBestSize >= 1,
                "--nbest_size must be at least 1 for " + format + ", found " + nBestSize);
        boolean seeded = seed != null && seed != -1 && seed != NO_SEED;
        return new LineEncoder(
                tokenizer,
                format,
                ExtraOptions.parse(this, list, tokenizer),
                new TokenTexts(tokenizer.vocabSize(), format.isIds() ? Integer::toString : tokenizer::piece),
                sampling,
                seeded ? seed : new SplittableRandom().nextLong(),
                nBestSize);
    }

    private void countPieces(SentencePieceTokenizer tokenizer) throws IOException {
        PieceCounts counts = new PieceCounts(tokenizer);
        text.forEachBlock(this, block -> PieceCounts.idsOf(block, tokenizer), new Results<>() {
            @Override
            public void accept(int[] ids) {
                counts.add(ids);
            }

            @Override
            public void flush() {}
        });
        text.write(this, counts.lines());
    }
}
