package org.t5j.train.transfer;

import java.util.Collection;
import org.t5j.core.T5Config;
import org.t5j.core.layer.Additions;
import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;

/**
 * Adapters alone (Houlsby et al. 2019): after the feed-forward sub-layer of every block one more with relu, of a narrow
 * inner width, as {@code t5/models/gin/task_adapter.gin} adds them.
 */
public record AdapterLayers(
        @Doc("inner width of the adapters; 32, 128, 512 and 2048 in the study")
        int width,

        @Doc(
                "which layer norms are trained too: ADAPTER, the adapters' own, as the study's code does, or ALL, as its text says")
        Norms norms)
        implements TransferConfig {

    /** Which layer norms are trained beside the adapters. */
    public enum Norms {
        /** The adapters' own: {@code variable_filter = "task_adapter"}. */
        ADAPTER,
        /** Those of the model too. */
        ALL
    }

    public AdapterLayers {
        Require.that(width >= 1, "width", "must be at least 1", width);
        Require.that(norms != null, "norms", "must be ADAPTER or ALL", norms);
    }

    /** 128 wide, with their own norms. */
    public static AdapterLayers defaults() {
        return new AdapterLayers(128, Norms.ADAPTER);
    }

    @Override
    public Additions additions() {
        return Additions.adapters(width);
    }

    @Override
    public Transfer of(T5Config model, Collection<String> parameters, long totalSteps) {
        return (parameter, step) ->
                Additions.isAdapter(parameter) || norms == Norms.ALL && parameter.endsWith("layer_norm.weight");
    }
}
