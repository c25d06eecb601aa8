package org.t5j.core.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Beam search of Hugging Face transformers 4.43 without cache, batch or speed: one input, whole sequences as arrays,
 * all candidates sorted. Knows no logits processors.
 */
record ReferenceBeamSearch(MarkovModel model, int input, GenerationConfig config) {

    private record Open(int[] tokens, float score) {}

    List<Generated> run() {
        int beams = config.numBeams();
        List<Open> open = new ArrayList<>();
        for (int beam = 0; beam < beams; beam++) {
            open.add(new Open(new int[] {config.startTokenId()}, beam == 0 ? 0 : -1e9f));
        }
        List<Generated> ended = new ArrayList<>();
        boolean done = false;
        while (!done && open.get(0).tokens().length < config.maxLength()) {
            List<Open> candidates = candidates(open);
            open = new ArrayList<>();
            for (Open candidate : candidates) {
                boolean eos = last(candidate) == config.eosTokenId();
                if (eos && candidates.indexOf(candidate) < beams) {
                    add(ended, candidate, true);
                } else if (!eos && open.size() < beams) {
                    open.add(candidate);
                }
                if (open.size() == beams) {
                    break;
                }
            }
            done = ended.size() == beams && isDone(ended, candidates.get(0));
        }
        if (!done) {
            open.forEach(hypothesis -> add(ended, hypothesis, false));
        }
        ended.sort(Comparator.comparingDouble(Generated::score).reversed());
        return ended.subList(0, config.numReturnSequences());
    }

    private List<Open> candidates(List<Open> open) {
        List<Open> candidates = new ArrayList<>();
        for (Open hypothesis : open) {
            int length = hypothesis.tokens().length;
            float[] scores = model.logProbabilities(input, hypothesis.tokens(), length);
            for (int token = 0; token < model.vocabSize(); token++) {
                int[] tokens = Arrays.copyOf(hypothesis.tokens(), length + 1);
                tokens[length] = token;
                candidates.add(new Open(tokens, hypothesis.score() + scores[token]));
            }
        }
        candidates.sort(Comparator.comparing(Open::score).reversed());
        return candidates.subList(0, 2 * config.numBeams());
    }

    private void add(List<Generated> ended, Open hypothesis, boolean finished) {
        int[] generated = Arrays.copyOfRange(hypothesis.tokens(), 1, hypothesis.tokens().length);
        ended.add(new Generated(generated, score(hypothesis.score(), generated.length), finished));
        if (ended.size() > config.numBeams()) {
            ended.remove(ended.stream()
                    .min(Comparator.comparingDouble(Generated::score))
                    .orElseThrow());
        }
    }

    private boolean isDone(List<Generated> ended, Open best) {
        double worst = ended.stream().mapToDouble(Generated::score).min().orElseThrow();
        int length = best.tokens().length - 1;
        return switch (config.earlyStopping()) {
            case TRUE -> true;
            case FALSE -> worst >= score(best.score(), length);
            case NEVER -> worst >= score(best.score(), config.lengthPenalty() > 0 ? config.maxLength() - 1 : length);
        };
    }

    private double score(float logProbability, int length) {
        double base = config.lengthNormalization() == LengthNormalization.POWER ? length : (5 + length) / 6.0;
        return logProbability / Math.pow(base, config.lengthPenalty());
    }

    private static int last(Open hypothesis) {
        return hypothesis.tokens()[hypothesis.tokens().length - 1];
    }
}
