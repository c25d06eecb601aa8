package org.t5j.train.transfer;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.t5j.core.T5Config;
import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;

/**
 * Gradual unfreezing (Howard and Ruder 2018; section 3.5.1 of the T5 paper): a run is divided into episodes, the first
 * trains the top block of each stack, and each one after it those below as well, encoder and decoder side by side. What is in
 * no block is always trained: embeddings, output layer and last norms; the tables of relative positions too, which all blocks
 * of a stack use.
 */
public record GradualUnfreezing(
        @Doc(
                "parts of the run, each with more blocks trained; by default as many as the deeper stack has blocks, 12 in the study")
        Integer episodes,

        @Doc(
                "updates of an episode; by default totalSteps / episodes, which a resumed run with another optim.totalSteps changes")
        Long episodeSteps)
        implements TransferConfig {
    private static final Pattern BLOCK = Pattern.compile("(encoder|decoder)[.]block[.](\\d+)[.].*");

    public GradualUnfreezing {
        Require.that(episodes == null || episodes >= 1, "episodes", "must be at least 1", episodes);
        Require.that(episodeSteps == null || episodeSteps >= 1, "episodeSteps", "must be at least 1", episodeSteps);
    }

    /** An episode for each block, all as long. */
    public static GradualUnfreezing defaults() {
        return new GradualUnfreezing(null, null);
    }

    @Override
    public Transfer of(T5Config model, Collection<String> parameters, long totalSteps) {
        int count = episodes != null ? episodes : Math.max(model.numLayers(), model.numDecoderLayers());
        return (parameter, step) -> {
            Matcher block = BLOCK.matcher(parameter);
            if (!block.matches() || parameter.endsWith("relative_attention_bias.weight")) {
                return true;
            }
            int depth = block.group(1).equals("encoder") ? model.numLayers() : model.numDecoderLayers();
            return Integer.parseInt(block.group(2)) >= depth - open(depth, episode(step, totalSteps, count), count);
        };
    }

    private long episode(long step, long totalSteps, int count) {
        long episode = episodeSteps != null ? step / episodeSteps : Math.multiplyExact(step, (long) count) / totalSteps;
        return Math.min(count - 1, episode);
    }

    /** How many blocks of a stack are trained in an episode: at least one, and all in the last. */
    private static long open(int depth, long episode, int episodes) {
        return (depth * (episode + 1) + episodes - 1) / episodes;
    }
}
