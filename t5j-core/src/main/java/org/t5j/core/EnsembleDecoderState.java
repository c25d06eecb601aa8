package org.t5j.core;

import java.util.List;
import org.t5j.core.decode.Averaging;
import org.t5j.core.decode.DecoderState;

/** Decoders that write the same hypotheses: the logits are those of the average of their distributions. */
final class EnsembleDecoderState implements DecoderState {
    private final List<DecoderState> members;
    private final Averaging averaging;

    EnsembleDecoderState(List<DecoderState> members, Averaging averaging) {
        this.members = members;
        this.averaging = averaging;
    }

    @Override
    public int rows() {
        return members.get(0).rows();
    }

    @Override
    public int vocabSize() {
        return members.get(0).vocabSize();
    }

    @Override
    public float[] step(int[] tokens) {
        float[][] logits = members.stream().map(member -> member.step(tokens)).toArray(float[][]::new);
        averaging.average(logits, rows(), vocabSize());
        return logits[0];
    }

    @Override
    public void reorder(int[] parents) {
        members.forEach(member -> member.reorder(parents));
    }

    @Override
    public void close() {
        members.forEach(DecoderState::close);
    }
}
