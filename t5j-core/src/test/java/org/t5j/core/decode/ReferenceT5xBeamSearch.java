package org.t5j.core.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Beam search of T5X for one input, in its terms: fixed numbers of live and finished sequences, of which those that are
 * not there yet have a score of -1e7. All candidates are sorted; worst first, as there.
 */
record ReferenceT5xBeamSearch(MarkovModel model, int input, GenerationConfig config) {
    private static final float NEG_INF = -1e7f;

    private record Sequence(int[] tokens, double score, boolean ended) {}

    List<Generated> run() {
        int beams = config.numBeams();
        int maxDecodeLen = config.maxNewTokens() + 1;
        List<Sequence> live = new ArrayList<>();
        List<Sequence> finished = new ArrayList<>();
        for (int i = 0; i < beams; i++) {
            live.add(new Sequence(new int[] {config.startTokenId()}, i < beams - 1 ? NEG_INF : 0, false));
            finished.add(new Sequence(new int[] {config.startTokenId()}, NEG_INF, false));
        }
        for (int index = 0; index < maxDecodeLen - 1; index++) {
            double bestLive = live.get(beams - 1).score() / penalty(maxDecodeLen);
            double worst = finished.stream().allMatch(Sequence::ended)
                    ? finished.get(0).score()
                    : NEG_INF;
            if (worst > bestLive) {
                break;
            }
            List<Sequence> top = best(2 * beams, continued(live));
            List<Sequence> open = new ArrayList<>();
            List<Sequence> ended = new ArrayList<>(finished);
            for (Sequence candidate : top) {
                boolean eos = candidate.tokens()[index + 1] == config.eosTokenId();
                open.add(new Sequence(candidate.tokens(), candidate.score() + (eos ? NEG_INF : 0), false));
                double score = candidate.score() / penalty(index + 1);
                ended.add(new Sequence(candidate.tokens(), score + (eos ? 0 : NEG_INF), eos));
            }
            live = best(beams, open);
            finished = best(beams, ended);
        }
        List<Sequence> results = finished.stream().anyMatch(Sequence::ended) ? finished : live;
        List<Generated> outputs = new ArrayList<>();
        for (int i = beams - 1; outputs.size() < config.numReturnSequences(); i--) {
            Sequence result = results.get(i);
            boolean empty = results == finished && !result.ended();
            int[] tokens = Arrays.copyOfRange(result.tokens(), 1, empty ? 1 : result.tokens().length);
            outputs.add(new Generated(tokens, empty ? NEG_INF : result.score(), result.ended()));
        }
        return outputs;
    }

    private List<Sequence> continued(List<Sequence> live) {
        List<Sequence> continued = new ArrayList<>();
        for (Sequence sequence : live) {
            int length = sequence.tokens().length;
            float[] logProbabilities = model.logProbabilities(input, sequence.tokens(), length);
            for (int token = 0; token < logProbabilities.length; token++) {
                int[] tokens = Arrays.copyOf(sequence.tokens(), length + 1);
                tokens[length] = token;
                continued.add(new Sequence(tokens, (float) sequence.score() + logProbabilities[token], false));
            }
        }
        return continued;
    }

    private static List<Sequence> best(int count, List<Sequence> sequences) {
        List<Sequence> sorted = new ArrayList<>(sequences);
        sorted.sort(Comparator.comparingDouble(Sequence::score));
        return sorted.subList(sorted.size() - count, sorted.size());
    }

    private double penalty(int length) {
        return Math.pow((5 + length) / 6.0, config.lengthPenalty());
    }
}
