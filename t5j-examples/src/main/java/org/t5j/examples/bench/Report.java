package org.t5j.examples.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.t5j.core.kernel.Kernels;

/** What every benchmark prints: one JSON object, first who ran what, last the machine. */
final class Report {
    private Report() {}

    static ObjectNode start(String what, Kernels kernels, int threads) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("peer", "t5j 0.1.0, " + KernelSets.describe(kernels));
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
