package org.t5j.data.metric;

import java.util.List;

/** What sacrebleu prints with a score, so that it can be made again: {@code name:value} pairs. */
final class Signature {
    private Signature() {}

    /**
     * {@code nrefs:<number of targets, or var>|<pairs>|version:t5j}.
     *
     * @param pairs such as {@code case:mixed|eff:no}
     */
    static String of(List<Scored> results, String pairs) {
        long[] references = results.stream()
                .mapToLong(result -> result.targets().size())
                .distinct()
                .toArray();
        return "nrefs:" + (references.length == 1 ? references[0] : "var") + "|" + pairs + "|version:t5j";
    }

    static String letterCase(boolean lowercase) {
        return "case:" + (lowercase ? "lc" : "mixed");
    }

    static String yesOrNo(String name, boolean value) {
        return name + ":" + (value ? "yes" : "no");
    }
}
