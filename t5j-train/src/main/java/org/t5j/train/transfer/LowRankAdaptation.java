package org.t5j.train.transfer;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.t5j.core.T5Config;
import org.t5j.core.layer.Additions;
import org.t5j.core.layer.Lora;
import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;

/** LoRA alone (Hu et al. 2021), with the defaults of Hugging Face's peft for T5. */
public record LowRankAdaptation(
        @Doc("rank of the updates") int rank,

        @Doc("updates are multiplied by alpha / rank") double alpha,

        @Doc("dropout of what the updates read") double dropout,

        @Doc("projections of every attention that have an update: q, k, v, o")
        List<String> projections)
        implements TransferConfig {

    public LowRankAdaptation {
        Require.that(rank >= 1, "rank", "must be at least 1", rank);
        Require.that(alpha > 0 && Double.isFinite(alpha), "alpha", "must be above 0", alpha);
        Require.that(dropout >= 0 && dropout < 1, "dropout", "must be at least 0 and below 1", dropout);
        Require.that(
                projections != null && !projections.isEmpty() && Lora.PROJECTIONS.containsAll(projections),
                "projections",
                "must be some of q, k, v and o",
                projections);
        projections = List.copyOf(projections);
    }

    /** Rank and alpha 8 on q and v. */
    public static LowRankAdaptation defaults() {
        return new LowRankAdaptation(8, 8, 0, List.of("q", "v"));
    }

    @Override
    public Additions additions() {
        return Additions.of(new Lora(rank, (float) alpha, (float) dropout, new LinkedHashSet<>(projections)));
    }

    /** An update of a higher rank than its matrix has would be larger than the matrix. */
    private void requireRankOf(T5Config model) {
        int inner = model.numHeads() * model.dKv();
        Require.that(
                rank <= Math.min(inner, model.dModel()),
                "transfer.rank",
                "must be at most " + Math.min(inner, model.dModel()) + ", the smaller side of the model's projections ["
                        + inner + ", " + model.dModel() + "]",
                rank);
    }

    @Override
    public Transfer of(T5Config model, Collection<String> parameters, long totalSteps) {
        requireRankOf(model);
        return (parameter, step) -> Lora.isLora(parameter);
    }
}
