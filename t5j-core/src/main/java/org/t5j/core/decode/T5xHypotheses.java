package org.t5j.core.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The finished sequences of one input in {@code beam_search} of T5X. */
final class T5xHypotheses implements EndedHypotheses {
    private static final Comparator<Generated> BEST_FIRST =
            Comparator.comparingDouble(Generated::score).reversed();
    private static final Generated NONE = new Generated(new int[0], -1e7, false);

    private final GenerationConfig config;
    private final List<Generated> ended = new ArrayList<>();
    private final List<Generated> cut = new ArrayList<>();

    T5xHypotheses(GenerationConfig config) {
        this.config = config;
    }

    @Override
    public boolean mayEnd(int rank) {
        return true;
    }

    @Override
    public void add(int[] tokens, int length, boolean finished, float logProbability) {
        if (!finished) {
            cut.add(new Generated(Arrays.copyOfRange(tokens, 1, length), logProbability, false));
            return;
        }
        int[] output = Arrays.copyOfRange(tokens, 1, 1 + length);
        output[length - 1] = config.eosTokenId();
        ended.add(new Generated(output, logProbability / penalty(length), true));
        ended.sort(BEST_FIRST);
        if (ended.size() > config.numBeams()) {
            ended.remove(config.numBeams());
        }
    }

    /** T5X counts the start token in the longest output, so its bound is one token longer than any output. */
    @Override
    public boolean isDone(float bestCandidate, float bestOpen, int generated) {
        return ended.size() == config.numBeams()
                && ended.get(ended.size() - 1).score() > bestOpen / penalty(config.maxNewTokens() + 1);
    }

    private double penalty(int generated) {
        return config.lengthNormalization().divisor(generated, config.lengthPenalty());
    }

    @Override
    public List<Generated> best() {
        List<Generated> best = new ArrayList<>(ended.isEmpty() ? cut : ended);
        best.sort(BEST_FIRST);
        while (best.size() < config.numReturnSequences()) {
            best.add(NONE);
        }
        return best.subList(0, config.numReturnSequences());
    }
}
