package org.t5j.examples.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.t5j.core.kernel.Kernels;
import org.t5j.data.Version;

/** What every benchmark prints: one JSON object, first who ran what, last the machine. */
final class Report {
    /** How the key {@code peer}, which names the program, begins where it is this one. */
    static final String T5J = "t5j";

    private Report() {}

    static ObjectNode start(String what, Kernels kernels, int threads) {
        return start(what, KernelSets.describe(kernels), threads);
    }

    /** @param by what computes */
    static ObjectNode start(String what, String by, int threads) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("peer", Version.T5J + ", " + by);
        out.put("what", what);
        out.put("threads", threads);
        return out;
    }

    static ObjectNode finish(ObjectNode out) {
        out.put("peak_rss_mb", Machine.peakRssMb());
        Machine.describe(out);
        return out;
    }
}
