package org.t5j.tokenizer;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.TrainerSpec;
import org.t5j.tokenizer.model.Vocabulary;
import org.t5j.tokenizer.normalize.Normalizer;

/**
 * A SentencePiece vocabulary with T5's sentinels. Ids are those of C++ SentencePiece, bit for bit in every tie.
 *
 * <p>With {@code extraIds} sentinels {@code <extra_id_0>} is the highest id, {@code <extra_id_99>} the first after the
 * pieces. How they are found in text is the {@link SentinelConvention}'s matter: those of Hugging Face find sentinels and
 * the vocabulary's control and unknown pieces, as {@code T5Tokenizer} (slow, transformers 4.43) does; seqio's makes them
 * pieces of the model. With {@code extraIds == 0} the text goes to SentencePiece as it is (the raw mode).
 *
 * <p>A model that holds sentinels as pieces already, as those of mT5 and seqio do, keeps them: they are its sentinels
 * whatever {@code extraIds} says, and none are added.
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

    static final int MAX_EXTRA_IDS = 100_000;

    private final ModelProto model;
    private final Vocabulary vocabulary;
    private final TextEncoder encoder;
    private final OffsetEncoder offsetEncoder;
    private final Detokenizer detokenizer;
    private final SentinelConvention convention;
    private final Sentinels sentinels;

    private SentencePieceTokenizer(ModelProto model, Sentinels sentinels, SentinelConvention convention) {
        this.model = model;
        this.convention = convention;
        this.sentinels = sentinels;
        vocabulary = Vocabulary.of(model);
        Normalizer normalizer = new Normalizer(
                model.normalizerSpec(), model.trainerSpec().treatWhitespaceAsSuffix(), vocabulary.userDefined());
        Segmenter segmenter = Segmenters.of(model.trainerSpec().modelType(), vocabulary);
        boolean byteFallback = model.trainerSpec().byteFallback();
        SpecialTokens specialTokens = convention.splitsText()
                ? new SpecialTokens(specialTokens(model.trainerSpec()), id -> id >= vocabulary.size())
                : null;
        encoder = new TextEncoder(vocabulary, normalizer, segmenter, byteFallback, specialTokens, convention);
        offsetEncoder = new OffsetEncoder(
                vocabulary,
                normalizer,
                segmenter,
                byteFallback,
                specialTokens,
                convention == SentinelConvention.HF_EXACT);
        detokenizer = new Detokenizer(model, vocabulary, sentinels.addedNames());
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
        return named(file, () -> of(model, extraIds));
    }

    /**
     * The vocabulary in a {@code .model} file.
     *
     * @throws TokenizerException as {@link #of(ModelProto, int, SentinelConvention)}, or if the file is absent or damaged
     */
    public static SentencePieceTokenizer load(Path file, int extraIds, SentinelConvention convention) {
        ModelProto model = ModelProto.read(file);
        return named(file, () -> of(model, extraIds, convention));
    }

    private static SentencePieceTokenizer named(Path file, Supplier<SentencePieceTokenizer> tokenizer) {
        try {
            return tokenizer.get();
        } catch (TokenizerException unusable) {
            throw new TokenizerException(
                    "The vocabulary file " + file + " cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    /**
     * The vocabulary {@code model} with {@code extraIds} sentinels by {@link SentinelConvention#HF_LEGACY}, or with those
     * that it holds.
     */
    public static SentencePieceTokenizer of(ModelProto model, int extraIds) {
        return of(model, extraIds, model.sentinelCount() > 0 ? SentinelConvention.SEQIO : SentinelConvention.HF_LEGACY);
    }

    /**
     * The vocabulary {@code model} with {@code extraIds} sentinels.
     *
     * @param extraIds 0 to 100,000; 0 for the raw mode
     * @throws TokenizerException if the model breaks the rules or holds sentinels as pieces and {@code convention} asks for others
     */
    public static SentencePieceTokenizer of(ModelProto model, int extraIds, SentinelConvention convention) {
        if (extraIds < 0 || extraIds > MAX_EXTRA_IDS) {
            throw new TokenizerException("extraIds is " + extraIds + "; it is 0 to " + MAX_EXTRA_IDS + ", 100 for T5");
        }
        int held = model.sentinelCount();
        if (held > 0 && extraIds > 0 && convention.splitsText()) {
            throw new TokenizerException("the model holds " + held + " sentinels as pieces, so " + convention
                    + " cannot add others; choose " + SentinelConvention.SEQIO);
        }
        if (held > 0) {
            return new SentencePieceTokenizer(model, Sentinels.heldBy(model), SentinelConvention.SEQIO);
        }
        if (extraIds == 0) {
            return new SentencePieceTokenizer(model, Sentinels.heldBy(model), SentinelConvention.NONE);
        }
        return switch (convention) {
            case NONE ->
                throw new TokenizerException("extraIds is " + extraIds + ", but the convention NONE adds no sentinels;"
                        + " give 0 or choose another");
            case SEQIO -> of(model.withSentinels(extraIds), extraIds, convention);
            case HF_LEGACY, HF_EXACT ->
                new SentencePieceTokenizer(
                        model, Sentinels.following(model.pieces().size(), extraIds), convention);
        };
    }

    private Map<String, Integer> specialTokens(TrainerSpec spec) {
        Map<String, Integer> special = new LinkedHashMap<>();
        sentinels.addedNames().forEach(name -> special.put(name, sentinels.addedId(name)));
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
     * Writes the ids of {@code text} to {@code into}; after the first calls on a thread, nothing is allocated for a text
     * without {@code <} that is no longer than those before.
     *
     * @param into receives the ids from index {@code offset} on; unchanged if they do not fit
     * @param offset 0 to the length of {@code into}
     * @return the number of ids; if they do not fit, that number made negative
     * @throws TokenizerException if {@code offset} is outside {@code into}
     */
    public int encode(CharSequence text, int[] into, int offset) {
        checkOffset(into, offset);
        return encoder.encode(text.toString(), into, offset);
    }

    /**
     * As {@link #encode(CharSequence, int[], int)}, of a text in UTF-8.
     *
     * @param text holds the text in {@code [from, to)}; malformed bytes count as U+FFFD
     * @throws TokenizerException if {@code offset} is outside {@code into}
     * @throws IndexOutOfBoundsException if {@code from} and {@code to} are no part of {@code text}
     */
    public int encodeUtf8(byte[] text, int from, int to, int[] into, int offset) {
        Objects.checkFromToIndex(from, to, text.length);
        checkOffset(into, offset);
        return encoder.encode(text, from, to, into, offset);
    }

    /** As {@link #encodePieces}, of a text in UTF-8 as {@link #encodeUtf8} takes it. */
    public List<String> encodePiecesUtf8(byte[] text, int from, int to) {
        Objects.checkFromToIndex(from, to, text.length);
        return encoder.encodePieces(text, from, to);
    }

    private static void checkOffset(int[] into, int offset) {
        if (offset < 0 || offset > into.length) {
            throw new TokenizerException(
                    "offset is " + offset + "; it is 0 to " + into.length + ", the length of the array");
        }
    }

    /**
     * The ids of many texts, in their order. An interruption does not end it.
     *
     * @param texts none is null
     * @param threads the most threads to work on them, this one among them
     * @throws TokenizerException if {@code threads} is below 1
     */
    public List<int[]> encodeAll(List<String> texts, int threads) {
        return BatchEncoder.encodeAll(encoder, texts, threads);
    }

    /**
     * The ids of the best segmentations of {@code text}, best first, in SentencePiece's order where scores are equal.
     * The first may differ from {@link #encode} where two are equally good, as in SentencePiece. Two of them can be the
     * same if they differ only in how unknown text is cut.
     *
     * @param size how many, taken as 1024 if above; there are fewer if the text has fewer segmentations. With 1 it is
     *     what {@link #encode} gives
     * @throws TokenizerException if {@code size} is below 1 or the model is not of type unigram
     */
    public List<int[]> encodeNBest(String text, int size) {
        return encoder.encodeNBest(text, size);
    }

    /**
     * The ids of a segmentation drawn by chance, for subword regularisation. Special tokens are recognised as ever; the
     * text between two of them is drawn on its own.
     *
     * @param random gives the chance; the same state gives the same ids
     * @throws TokenizerException if the model is of a type that cannot be sampled
     */
    public int[] sample(String text, Sampling sampling, RandomGenerator random) {
        return encoder.sample(text, sampling, random);
    }

    /** The pieces of the segmentations whose ids {@link #encodeNBest} gives, written as in {@link #encodePieces}. */
    public List<List<String>> encodeNBestPieces(String text, int size) {
        return encoder.encodeNBestPieces(text, size);
    }

    /** The pieces of the segmentation that {@link #sample} draws, written as in {@link #encodePieces}. */
    public List<String> samplePieces(String text, Sampling sampling, RandomGenerator random) {
        return encoder.samplePieces(text, sampling, random);
    }

    TextEncoder encoder() {
        return encoder;
    }

    /**
     * The pieces of {@code text}, one for each id of {@link #encode}: as in the vocabulary, except that an unknown
     * piece is the text that it stands for.
     */
    public List<String> encodePieces(String text) {
        return encoder.encodePieces(text);
    }

    /**
     * The ids and pieces of {@code text}, which are those of {@link #encode} and {@link #encodePieces}, with the places in
     * {@code text} that they stand for.
     */
    public Encoding encodeWithOffsets(String text) {
        return offsetEncoder.encode(text);
    }

    /**
     * The text of {@code ids}. Control pieces decode to nothing, the unknown piece to " ⁇ ", a sentinel to its name as a
     * word of its own: {@code <extra_id_0> cute dog <extra_id_1>}, as seqio does.
     *
     * @throws TokenizerException if an id is not in the vocabulary
     */
    @Override
    public String decode(int... ids) {
        Detokenizer.Text text = detokenizer.new Text(ids.length);
        for (int id : ids) {
            text.add(checked(id));
        }
        return text.toString();
    }

    /**
     * The text of {@code pieces}, equal to {@link #decode} of their ids, except that a piece that is not in the
     * vocabulary stands for itself: {@code decodePieces(encodePieces(text))} brings unknown characters back.
     */
    public String decodePieces(List<String> pieces) {
        Detokenizer.Text text = detokenizer.new Text(pieces.size());
        for (String piece : pieces) {
            int id = sentinels.addedId(piece);
            id = id >= 0 ? id : vocabulary.idOf(piece);
            if (id == unkId() && !vocabulary.piece(id).text().equals(piece)) {
                text.addUnknown(piece);
            } else {
                text.add(id);
            }
        }
        return text.toString();
    }

    @Override
    public int vocabSize() {
        return vocabulary.size() + sentinels.addedNames().size();
    }

    @Override
    public String piece(int id) {
        checked(id);
        return id < vocabulary.size()
                ? vocabulary.piece(id).text()
                : sentinels.addedNames().get(id - vocabulary.size());
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
        return sentinels.count();
    }

    @Override
    public int sentinelId(int index) {
        return sentinels.id(index);
    }

    /** How sentinels are found in text; {@link SentinelConvention#NONE} in the raw mode. */
    public SentinelConvention convention() {
        return convention;
    }

    /**
     * The model, to be saved beside a checkpoint: without the sentinels of Hugging Face's conventions, with those of {@link
     * SentinelConvention#SEQIO}.
     */
    public ModelProto model() {
        return model;
    }

    private int checked(int id) {
        if (id < 0 || id >= vocabSize()) {
            throw new TokenizerException("The id " + id + " is not in the vocabulary, which has the ids 0 to "
                    + (vocabSize() - 1) + ". Were the ids made with another vocabulary, or with sentinels (extraIds)?");
        }
        return id;
    }
}
