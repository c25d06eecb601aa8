package org.t5j.train.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.t5j.core.T5Model;
import org.t5j.data.Version;

/** What a run was made with. */
public final class Environment {
    private Environment() {}

    /** Names and values to show: versions, processors, memory, and what computes {@code model}. */
    public static Map<String, String> of(T5Model model) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("t5j", Version.NUMBER);
        facts.put("Java", property("java.runtime.version") + ", " + property("java.vm.name"));
        facts.put("system", property("os.name") + " " + property("os.version") + ", " + property("os.arch"));
        facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("Java heap at most", Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB");
        facts.put("kernels", model.kernels().describe());
        facts.put("tensors", model.backend().describe());
        facts.put("parameters", Long.toString(model.parameters().count()));
        facts.put("parameters trained", Long.toString(model.parameters().trainableCount()));
        facts.put("tensor memory at most", (model.backend().peakBytes() + (1 << 20) - 1) / (1 << 20) + " MiB");
        return facts;
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
