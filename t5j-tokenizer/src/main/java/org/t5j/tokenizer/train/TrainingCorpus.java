package org.t5j.tokenizer.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.bytes.Utf8;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.word.WordSplitter;

/**
 * The text that a vocabulary is trained on ({@code TrainerInterface::LoadSentences}): selected lines, normalised, rare
 * characters and special pieces replaced by {@link PieceRule#UNKNOWN}. Holds the text once, as bytes. Immutable; the
 * same whatever the number of threads.
 */
public final class TrainingCorpus {

    private final TrainerConfig config;
    private final List<Chunk> chunks;
    private final LinkedHashMap<Integer, Long> requiredChars;
    private final List<String> selfTestSamples;

    private TrainingCorpus(
            TrainerConfig config,
            List<Chunk> chunks,
            LinkedHashMap<Integer, Long> requiredChars,
            List<String> selfTestSamples) {
        this.config = config;
        this.chunks = chunks;
        this.requiredChars = requiredChars;
        this.selfTestSamples = List.copyOf(selfTestSamples);
    }

    /**
     * Reads the text.
     *
     * @throws TokenizerException if the text cannot be read, there is none, or its characters do not fit the
     *     vocabulary
     */
    public static TrainingCorpus load(
            TrainingInput input, TrainerConfig config, VocabularyLayout layout, Progress progress) {
        try (Workers workers = new Workers(config.threads())) {
            CorpusReader reader = new CorpusReader(config, layout.specialTexts(), workers, progress);
            input.forEachLine(reader);
            Chunk[] chunks = reader.chunks();
            long[] counts = new long[Character.MAX_CODE_POINT + 1];
            for (long[] part : workers.map(workers.parts(Arrays.asList(chunks)), CharacterCoverage::count)) {
                for (int c = 0; c < counts.length; c++) {
                    counts[c] += part[c];
                }
            }
            CharacterCoverage coverage = new CharacterCoverage(counts, config);
            checkRoom(config, coverage.counts().size(), layout.specialCount());
            List<Integer> indices = IntStream.range(0, chunks.length).boxed().toList();
            workers.map(indices, i -> chunks[i] = coverage.restrict(chunks[i]));
            return new TrainingCorpus(config, List.of(chunks), coverage.counts(), reader.selfTestSamples());
        }
    }

    private static void checkRoom(TrainerConfig config, int characters, int special) {
        boolean charactersMayLack = config.modelType() == ModelType.WORD || config.modelType() == ModelType.CHAR;
        int needed = characters + special;
        if (!charactersMayLack && needed > config.vocabSize()) {
            throw new TokenizerException("A vocabulary of " + config.vocabSize() + " pieces is too small: the text has "
                    + characters + " characters to cover, and there are " + special
                    + " special pieces. Set vocabSize to " + needed + " or more, or lower characterCoverage ("
                    + config.characterCoverage() + ")");
        }
    }

    /**
     * The lines in the order of {@code spm_train}. A sentence is made each time it is asked for; it may be empty if the
     * input ends in several lines of blanks.
     */
    public List<Sentence> sentences() {
        return new Sentences(chunks);
    }

    /** The distinct words of the lines, by falling count, then by their bytes. Made anew at each call. */
    public List<Sentence> words() {
        PieceRule rule = config.pieceRule();
        return words(new WordSplitter(rule.whitespaceAsSuffix(), rule.whitespaceOnlyPieces()));
    }

    /** The distinct words that {@code splitter} makes of the lines, by falling count, then by their bytes. */
    public List<Sentence> words(WordSplitter splitter) {
        return counted((chunk, counts) -> {
            for (int i = 0; i < chunk.size(); i++) {
                int lineEnd = chunk.ends()[i];
                for (int from = chunk.start(i); from < lineEnd; ) {
                    int to = splitter.end(chunk.text(), from, lineEnd);
                    counts.add(chunk.text(), from, to, chunk.count(i));
                    from = to;
                }
            }
        });
    }

    /**
     * The distinct words, each with the character that follows it, NUL at the end of a line, and in how many places that
     * stands; a line that occurs several times is one place.
     */
    public List<Sentence> wordsWithNext() {
        PieceRule rule = config.pieceRule();
        WordSplitter splitter = new WordSplitter(rule.whitespaceAsSuffix(), rule.whitespaceOnlyPieces());
        return counted((chunk, counts) -> {
            byte[] text = chunk.text();
            for (int i = 0; i < chunk.size(); i++) {
                int lineEnd = chunk.ends()[i];
                for (int from = chunk.start(i); from < lineEnd; ) {
                    int to = splitter.end(text, from, lineEnd);
                    if (to < lineEnd) {
                        counts.add(text, from, to + Utf8.length(text[to]), 1);
                    } else {
                        byte[] last = Arrays.copyOf(Arrays.copyOfRange(text, from, to), to - from + 1);
                        counts.add(last, 0, last.length, 1);
                    }
                    from = to;
                }
            }
        });
    }

    private List<Sentence> counted(BiConsumer<Chunk, WordCounts> count) {
        try (Workers workers = new Workers(config.threads())) {
            return workers
                    .map(workers.parts(chunks), part -> {
                        WordCounts counts = new WordCounts();
                        part.forEach(chunk -> count.accept(chunk, counts));
                        return counts;
                    })
                    .stream()
                    .reduce((all, more) -> {
                        all.addAll(more);
                        return all;
                    })
                    .orElseGet(WordCounts::new)
                    .sorted();
        }
    }

    /**
     * The characters that get a piece and how often they occur in all lines, 0 if a required one does not; by falling
     * count, then by code point. Not to be changed.
     */
    public LinkedHashMap<Integer, Long> requiredChars() {
        return requiredChars;
    }

    /** Lines as they were read, for the self-test of the model. */
    public List<String> selfTestSamples() {
        return selfTestSamples;
    }
}
