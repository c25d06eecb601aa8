package org.t5j.core.layer;

import java.nio.file.Path;
import org.t5j.core.T5Exception;

/**
 * What a model has beside the parameters of its configuration, to be trained instead of them.
 *
 * @param adapterWidth inner width of an adapter after the feed-forward sub-layer of every block (Houlsby et al. 2019;
 *     section 3.5.1 of the T5 paper); 0 for none
 * @param lora low-rank updates of projections, or null for none
 */
public record Additions(int adapterWidth, Lora lora) {
    /** Nothing. */
    public static final Additions NONE = new Additions(0, null);

    public Additions {
        if (adapterWidth < 0) {
            throw new T5Exception(
                    "The inner width of adapters must be at least 1, or 0 for none, found " + adapterWidth);
        }
    }

    /** Adapters of an inner width of at least 1. */
    public static Additions adapters(int width) {
        if (width < 1) {
            throw new T5Exception("The inner width of adapters must be at least 1, found " + width);
        }
        return new Additions(width, null);
    }

    /** Low-rank updates of projections. */
    public static Additions of(Lora lora) {
        return new Additions(0, lora);
    }

    /**
     * What a model has that is loaded from a directory and given these.
     *
     * @param width of the directory's adapters, 0 where it has none
     * @throws T5Exception where these are adapters of another width
     */
    public Additions over(int width, Path directory) {
        if (width > 0 && adapterWidth > 0 && width != adapterWidth) {
            throw new T5Exception("The model in " + directory + " has adapters of inner width " + width + ", not "
                    + adapterWidth + "; go on with these, or begin with a model without adapters");
        }
        return new Additions(Math.max(width, adapterWidth), lora);
    }

    /** Whether a parameter of that name belongs to an adapter. */
    public static boolean isAdapter(String parameter) {
        return parameter.contains(".adapter.");
    }
}
