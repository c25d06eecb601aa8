package org.t5j.tokenizer;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.TrainerSpec;
import org.t5j.tokenizer.model.Vocabulary;
import org.t5j.tokenizer.normalize.Normalizer;

/**
 * A SentencePiece vocabulary with T5's sentinels. Ids are those of C++ SentencePiece, bit for bit in every tie.
 *
 * <p>With {@code extraIds} sentinels the ids are those of Hugging Face: {@code <extra_id_0>} is the highest id, {@code
 * <extra_id_99>} the first after the pieces. Sentinels and the vocabulary's control and unknown pieces are then
 * recognised in the text, as {@code T5Tokenizer} (slow, transformers 4.43) does, in one of two {@link Spacing}s. With
 * {@code extraIds == 0} the text goes to SentencePiece as it is (the raw mode).
 *
 * <p>Models of all types are supported: unigram, BPE, char and word, byte fallback included. One text is treated
 * otherwise than in C++: where a whole segment of it is the name of a control piece, as the word {@code <s>} may be in a
 * model of type word, C++ fails and this class encodes it as unknown. Immutable and thread-safe.
 */
public final class SentencePieceTokenizer implements Tokenizer {

    /** Number of sentinels of T5. */
    public static final int T5_EXTRA_IDS = 100;

    /** Stands for a space in a piece: ▁. */
    static final char SPACE = '\u2581';

    private static final int MAX_EXTRA_IDS = 100_000;

    private final ModelProto model;
    private final Vocabulary vocabulary;
    private final TextEncoder encoder;
    private final Detokenizer detokenizer;
    private final int extraIds;

    /** What happens to text that follows a special token (the flag {@code legacy} of Hugging Face). */
    public enum Spacing {
        /** Every stretch of text between special tokens starts a word ({@code legacy=True}, what T5's files ask for). */
        LEGACY,
        /** Only text after a space starts a word ({@code legacy=False}). */
        EXACT
    }

    private SentencePieceTokenizer(ModelProto model, int extraIds, Spacing spacing) {
        if (extraIds < 0 || extraIds > MAX_EXTRA_IDS) {
            throw new TokenizerException("extraIds is " + extraIds + "; it is 0 to " + MAX_EXTRA_IDS + ", 100 for T5");
        }
        this.model = model;
        this.extraIds = extraIds;
        vocabulary = Vocabulary.of(model);
        Normalizer normalizer = new Normalizer(
                model.normalizerSpec(), model.trainerSpec().treatWhitespaceAsSuffix(), vocabulary.userDefined());
        encoder = new TextEncoder(
                vocabulary,
                normalizer,
                Segmenters.of(model.trainerSpec().modelType(), vocabulary),
                model.trainerSpec().byteFallback(),
                extraIds == 0
                        ? null
                        : new SpecialTokens(specialPieces(model.trainerSpec()), extraIds, vocabulary.size()),
                spacing);
        detokenizer = new Detokenizer(model, vocabulary);
    }

    /** The vocabulary in a {@code .model} file with T5's 100 sentinels. */
    public static SentencePieceTokenizer load(Path file) {
        return load(file, T5_EXTRA_IDS);
    }

    /**
     * The vocabulary in a {@code .model} file.
     *
     * @param extraIds number of sentinels that follow the pieces; 0 for SentencePiece as it is
     * @throws TokenizerException if the file is absent or damaged
     */
    public static SentencePieceTokenizer load(Path file, int extraIds) {
        ModelProto model = ModelProto.read(file);
        try {
            return of(model, extraIds);
        } catch (TokenizerException unusable) {
            throw new TokenizerException(
                    "The vocabulary file " + file + " cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    /** The vocabulary {@code model} with {@code extraIds} sentinels and {@link Spacing#LEGACY}. */
    public static SentencePieceTokenizer of(ModelProto model, int extraIds) {
        return of(model, extraIds, Spacing.LEGACY);
    }

    /**
     * The vocabulary {@code model} with {@code extraIds} sentinels.
     *
     * @throws TokenizerException if the model breaks the rules
     */
    public static SentencePieceTokenizer of(ModelProto model, int extraIds, Spacing spacing) {
        return new SentencePieceTokenizer(model, extraIds, spacing);
    }

    private Map<String, Integer> specialPieces(TrainerSpec spec) {
        Map<String, Integer> special = new LinkedHashMap<>();
        special.put(vocabulary.piece(unkId()).text(), unkId());
        for (String text : List.of(spec.eosPiece(), spec.padPiece())) {
            if (vocabulary.controlId(text) >= 0) {
                special.put(text, vocabulary.controlId(text));
            }
        }
        return special;
    }

    @Override
    public int[] encode(String text) {
        return encoder.encode(text);
    }

    /**
     * The pieces of {@code text}, one for each id of {@link #encode}: as in the vocabulary, except that an unknown
     * piece is the text that it stands for.
     */
    public List<String> encodePieces(String text) {
        return encoder.encodePieces(text);
    }

    /**
     * The text of {@code ids}. Control pieces decode to nothing, the unknown piece to " ⁇ ", a sentinel to its name as a
     * word of its own: {@code <extra_id_0> cute dog <extra_id_1>}, as seqio does.
     *
     * @throws TokenizerException if an id is not in the vocabulary
     */
    @Override
    public String decode(int... ids) {
        Detokenizer.Text text = detokenizer.new Text();
        for (int id : ids) {
            if (id >= vocabulary.size() && id < vocabSize()) {
                text.addSpaced(SPACE + piece(id));
            } else {
                text.add(checked(id));
            }
        }
        return text.toString();
    }

    @Override
    public int vocabSize() {
        return vocabulary.size() + extraIds;
    }

    @Override
    public String piece(int id) {
        checked(id);
        return id < vocabulary.size() ? vocabulary.piece(id).text() : SpecialTokens.sentinel(vocabSize() - 1 - id);
    }

    /** Id of padding, or -1 if the vocabulary has none. */
    @Override
    public int padId() {
        return vocabulary.controlId(model.trainerSpec().padPiece());
    }

    /** Id of the end-of-sequence token, or -1 if the vocabulary has none. */
    @Override
    public int eosId() {
        return vocabulary.controlId(model.trainerSpec().eosPiece());
    }

    /** Id of the piece that starts a sequence, or -1 if the vocabulary has none, as T5's. */
    public int bosId() {
        return vocabulary.bosId();
    }

    @Override
    public int unkId() {
        return vocabulary.unkId();
    }

    @Override
    public int sentinelCount() {
        return extraIds;
    }

    @Override
    public int sentinelId(int index) {
        if (index < 0 || index >= extraIds) {
            throw new TokenizerException("There is no sentinel " + index + "; the tokenizer has " + extraIds
                    + ", counted from 0. Load it with more extraIds or mask fewer spans");
        }
        return vocabSize() - 1 - index;
    }

    /** The model, to be saved beside a checkpoint; without the sentinels. */
    public ModelProto model() {
        return model;
    }

    private int checked(int id) {
        if (id < 0 || id >= vocabSize()) {
            throw new TokenizerException("The id " + id + " is not in the vocabulary, which has the ids 0 to "
                    + (vocabSize() - 1) + ". Were the ids made with another vocabulary?");
        }
        return id;
    }
}
