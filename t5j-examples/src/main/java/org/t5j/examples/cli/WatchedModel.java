package org.t5j.examples.cli;

import org.t5j.core.SequenceModel;
import org.t5j.core.T5Batch;
import org.t5j.core.T5Config;
import org.t5j.core.decode.DecoderState;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.tokenizer.train.Progress;

/** A model that tells how many sequences it was given. */
final class WatchedModel implements SequenceModel {
    private final SequenceModel model;
    private final String name;
    private final Progress progress;
    private long sequences;

    /** @param name of what is going on */
    WatchedModel(SequenceModel model, String name, Progress progress) {
        this.model = model;
        this.name = name;
        this.progress = progress;
    }

    private void tell(int more) {
        sequences += more;
        progress.report(name, sequences, -1);
    }

    @Override
    public T5Config config() {
        return model.config();
    }

    @Override
    public CrossEntropy.Sums evaluateLoss(T5Batch batch) {
        CrossEntropy.Sums sums = model.evaluateLoss(batch);
        tell(batch.size());
        return sums;
    }

    @Override
    public double[] logLikelihoods(T5Batch batch) {
        double[] likelihoods = model.logLikelihoods(batch);
        tell(batch.size());
        return likelihoods;
    }

    @Override
    public DecoderState startDecoding(int[][] inputIds, int beams, int maxLength) {
        tell(inputIds.length);
        return model.startDecoding(inputIds, beams, maxLength);
    }

    @Override
    public void close() {
        model.close();
    }
}
