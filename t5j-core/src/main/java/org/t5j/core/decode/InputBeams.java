package org.t5j.core.decode;

import java.util.Arrays;
import java.util.List;

/** The beams of one input: its open hypotheses and those that ended. */
final class InputBeams {
    /** Score of the beams that are copies of the first at the start. */
    private static final float COPY = -1e9f;

    private final GenerationConfig config;
    private final List<LogitsProcessor> processors;
    private final int firstRow;
    private final int vocabSize;
    private final TopCandidates candidates;
    private final EndedHypotheses ended;
    private int[][] tokens;
    private int[][] nextTokens;
    private final float[] scores;
    private boolean done;

    InputBeams(GenerationConfig config, List<LogitsProcessor> processors, int firstRow, int vocabSize) {
        this.config = config;
        this.processors = processors;
        this.firstRow = firstRow;
        this.vocabSize = vocabSize;
        this.candidates = new TopCandidates(2 * config.numBeams());
        this.ended = config.beamRule().hypotheses(config);
        this.tokens = new int[config.numBeams()][config.maxLength()];
        this.nextTokens = new int[config.numBeams()][config.maxLength()];
        for (int[] beam : tokens) {
            beam[0] = config.startTokenId();
        }
        this.scores = new float[config.numBeams()];
        Arrays.fill(scores, 1, scores.length, COPY);
    }

    boolean done() {
        return done;
    }

    /**
     * Extends the open hypotheses of {@code length} tokens by one token.
     *
     * @param logits of all rows; those of this input are changed
     * @param next receives the token to feed, for the rows of this input
     * @param parents receives the row that each row of this input continues
     */
    void extend(float[] logits, int length, int[] next, int[] parents) {
        if (done) {
            for (int row = firstRow; row < firstRow + scores.length; row++) {
                next[row] = config.padTokenId();
                parents[row] = row;
            }
            return;
        }
        rank(logits, length);
        keepBest(length, next, parents);
        done = ended.isDone(candidates.score(0), scores[0], length);
    }

    private void rank(float[] logits, int length) {
        candidates.clear();
        for (int beam = 0; beam < scores.length; beam++) {
            int offset = (firstRow + beam) * vocabSize;
            LogSoftmax.logSoftmaxInPlace(logits, offset, vocabSize);
            for (LogitsProcessor processor : processors) {
                processor.process(tokens[beam], length, logits, offset, vocabSize);
            }
            candidates.offer(logits, offset, vocabSize, scores[beam], beam * vocabSize);
        }
    }

    /** The best candidates that do not end stay open. */
    private void keepBest(int length, int[] next, int[] parents) {
        int open = 0;
        for (int rank = 0; rank < 2 * scores.length; rank++) {
            int parent = candidates.index(rank) / vocabSize;
            int token = candidates.index(rank) % vocabSize;
            if (token == config.eosTokenId()) {
                if (ended.mayEnd(rank)) {
                    ended.add(tokens[parent], length, true, candidates.score(rank));
                }
            } else if (open < scores.length) {
                System.arraycopy(tokens[parent], 0, nextTokens[open], 0, length);
                nextTokens[open][length] = token;
                scores[open] = candidates.score(rank);
                next[firstRow + open] = token;
                parents[firstRow + open] = firstRow + parent;
                open++;
            }
        }
        int[][] previous = tokens;
        tokens = nextTokens;
        nextTokens = previous;
    }

    /** The outputs, best first, once hypotheses of {@code length} tokens are not extended any more. */
    List<Generated> finish(int length) {
        if (!done) {
            for (int beam = 0; beam < scores.length; beam++) {
                ended.add(tokens[beam], length, false, scores[beam]);
            }
        }
        return ended.best();
    }
}
