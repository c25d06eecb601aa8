package org.t5j.core.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The best {@code numBeams} ended hypotheses of one input; {@code BeamHypotheses} of Hugging Face transformers 4.43. */
final class BeamHypotheses implements EndedHypotheses {
    private final GenerationConfig config;
    private final List<Generated> hypotheses = new ArrayList<>();
    private double worstScore = 1e9;

    BeamHypotheses(GenerationConfig config) {
        this.config = config;
    }

    @Override
    public boolean mayEnd(int rank) {
        return rank < config.numBeams();
    }

    @Override
    public void add(int[] tokens, int length, boolean finished, float logProbability) {
        int generated = finished ? length : length - 1;
        double score = score(logProbability, generated);
        if (hypotheses.size() == config.numBeams() && !(score > worstScore)) {
            return;
        }
        int[] output = Arrays.copyOfRange(tokens, 1, 1 + generated);
        if (finished) {
            output[generated - 1] = config.eosTokenId();
        }
        hypotheses.add(new Generated(output, score, finished));
        if (hypotheses.size() > config.numBeams()) {
            hypotheses.remove(worst());
            worstScore = worst().score();
        } else {
            worstScore = Math.min(score, worstScore);
        }
    }

    private Generated worst() {
        return hypotheses.stream()
                .min(Comparator.comparingDouble(Generated::score))
                .orElseThrow();
    }

    @Override
    public boolean isDone(float bestCandidate, float bestOpen, int generated) {
        if (hypotheses.size() < config.numBeams()) {
            return false;
        }
        boolean lengthCanHelp = config.earlyStopping() == EarlyStopping.NEVER && config.lengthPenalty() > 0;
        return config.earlyStopping() == EarlyStopping.TRUE
                || worstScore >= score(bestCandidate, lengthCanHelp ? config.maxNewTokens() : generated);
    }

    private double score(float logProbability, int generated) {
        return logProbability / config.lengthNormalization().divisor(generated, config.lengthPenalty());
    }

    /** Among equals the last added. */
    @Override
    public List<Generated> best() {
        List<Generated> ascending = new ArrayList<>(hypotheses);
        ascending.sort(Comparator.comparingDouble(Generated::score));
        List<Generated> best = new ArrayList<>();
        for (int i = 0; i < config.numReturnSequences(); i++) {
            best.add(ascending.remove(ascending.size() - 1));
        }
        return best;
    }
}
