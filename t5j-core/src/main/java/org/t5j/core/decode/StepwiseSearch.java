package org.t5j.core.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Extends every row by one token at a time, independently of the others, until it ends or is {@code maxLength} long; the
 * loop of Hugging Face's {@code _sample}. Subclasses choose the token.
 */
abstract class StepwiseSearch {
    private final DecoderState state;
    private final GenerationConfig config;
    private final List<LogitsProcessor> processors;
    private final int vocabSize;
    private final int[][] tokens;
    private final int[] lengths;
    private final float[] logProbabilities;
    private final boolean[] finished;

    StepwiseSearch(DecoderState state, GenerationConfig config) {
        this.state = state;
        this.config = config;
        this.processors = LogitsProcessor.of(config);
        this.vocabSize = state.vocabSize();
        this.tokens = new int[state.rows()][config.maxLength()];
        this.lengths = new int[state.rows()];
        this.logProbabilities = new float[state.rows()];
        this.finished = new boolean[state.rows()];
    }

    /**
     * The next token of a row.
     *
     * @param position number of tokens that the row has
     * @param scores processed logits of the row at {@code offset … offset + vocabSize}
     */
    abstract int choose(int row, int position, float[] scores, int offset, int vocabSize);

    /** For every input its {@code rowsPerInput} outputs, best first. */
    final List<List<Generated>> run(TokenListener listener) {
        int rows = state.rows();
        int[] next = new int[rows];
        Arrays.fill(next, config.startTokenId());
        for (int row = 0; row < rows; row++) {
            append(row, config.startTokenId());
        }
        int open = rows;
        for (int length = 1; length < config.maxLength() && open > 0; length++) {
            float[] logits = state.step(next);
            boolean[] over = finished.clone();
            extend(logits, next);
            tell(listener, next, over);
            open = 0;
            for (int row = 0; row < rows; row++) {
                next[row] = finished[row] ? config.padTokenId() : next[row];
                open += finished[row] ? 0 : 1;
            }
        }
        return outputs();
    }

    /** Rows are shared out to threads where choosing a token is enough work for that. */
    private void extend(float[] logits, int[] next) {
        IntStream rows = IntStream.range(0, next.length).filter(row -> !finished[row]);
        (config.sampling() == null ? rows : rows.parallel()).forEach(row -> next[row] = extend(row, logits));
    }

    private void tell(TokenListener listener, int[] chosen, boolean[] over) {
        for (int row = 0; row < chosen.length; row++) {
            if (!over[row]) {
                listener.token(row / config.rowsPerInput(), row % config.rowsPerInput(), chosen[row]);
            }
        }
    }

    private int extend(int row, float[] logits) {
        int offset = row * vocabSize;
        for (LogitsProcessor processor : processors) {
            processor.process(tokens[row], lengths[row], logits, offset, vocabSize);
        }
        int token = choose(row, lengths[row], logits, offset, vocabSize);
        logProbabilities[row] += LogSoftmax.logProbability(logits, offset, vocabSize, token);
        finished[row] = token == config.eosTokenId();
        append(row, token);
        return token;
    }

    private void append(int row, int token) {
        tokens[row][lengths[row]++] = token;
    }

    private List<List<Generated>> outputs() {
        List<List<Generated>> outputs = new ArrayList<>();
        for (int first = 0; first < tokens.length; first += config.rowsPerInput()) {
            outputs.add(IntStream.range(first, first + config.rowsPerInput())
                    .mapToObj(this::output)
                    .sorted(Comparator.comparingDouble(Generated::score).reversed())
                    .toList());
        }
        return outputs;
    }

    private Generated output(int row) {
        int[] generated = Arrays.copyOfRange(tokens[row], 1, lengths[row]);
        double divisor = config.lengthNormalization().divisor(generated.length, config.lengthPenalty());
        return new Generated(generated, logProbabilities[row] / divisor, finished[row]);
    }
}
