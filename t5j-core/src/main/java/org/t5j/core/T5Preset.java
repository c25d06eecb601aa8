package org.t5j.core;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The published model sizes, and two small ones for experiments. Shapes are those of the gin files of
 * google-research/text-to-text-transfer-transformer, multilingual-t5 and byt5; the rest is what Hugging Face's
 * {@code config.json} says, a dropout rate of 0.1 among it (v1.1, mT5 and ByT5 were pre-trained with 0).
 */
public enum T5Preset {
    /** Two blocks each, 8192 pieces: trains in minutes on a laptop. */
    TINY("tiny", v1_0(8192, 128, 512, 4, 32, 2)),
    /** Four blocks each, 8192 pieces: the size that throughput is measured on. */
    BENCH("bench", v1_0(8192, 256, 1024, 4, 64, 4)),

    SMALL("small", v1_0(32128, 512, 2048, 8, 64, 6)),
    BASE("base", v1_0(32128, 768, 3072, 12, 64, 12)),
    LARGE("large", v1_0(32128, 1024, 4096, 16, 64, 24)),
    XL("3b", v1_0(32128, 1024, 16384, 32, 128, 24), "xl"),
    XXL("11b", v1_0(32128, 1024, 65536, 128, 128, 24), "xxl"),

    EFFICIENT_TINY("efficient-tiny", v1_0(32128, 256, 1024, 4, 64, 4)),
    EFFICIENT_MINI("efficient-mini", v1_0(32128, 384, 1536, 8, 64, 4)),

    V1_1_SMALL("v1_1-small", v1_1(32128, 512, 1024, 6, 8, 8)),
    V1_1_BASE("v1_1-base", v1_1(32128, 768, 2048, 12, 12, 12)),
    V1_1_LARGE("v1_1-large", v1_1(32128, 1024, 2816, 16, 24, 24)),
    V1_1_XL("v1_1-xl", v1_1(32128, 2048, 5120, 32, 24, 24), "v1_1-3b"),
    V1_1_XXL("v1_1-xxl", v1_1(32128, 4096, 10240, 64, 24, 24), "v1_1-11b"),

    MT5_SMALL("mt5-small", v1_1(250112, 512, 1024, 6, 8, 8)),
    MT5_BASE("mt5-base", v1_1(250112, 768, 2048, 12, 12, 12)),
    MT5_LARGE("mt5-large", v1_1(250112, 1024, 2816, 16, 24, 24)),
    MT5_XL("mt5-xl", v1_1(250112, 2048, 5120, 32, 24, 24)),
    MT5_XXL("mt5-xxl", v1_1(250112, 4096, 10240, 64, 24, 24)),

    UMT5_SMALL("umt5-small", umt5(512, 1024, 6, 8)),
    UMT5_BASE("umt5-base", umt5(768, 2048, 12, 12)),
    UMT5_XL("umt5-xl", umt5(2048, 5120, 32, 24)),
    UMT5_XXL("umt5-xxl", umt5(4096, 10240, 64, 24)),

    /** 20 billion weights, with gates of SiLU. */
    UL2(
            "ul2",
            v1_1(32128, 4096, 16384, 16, 32, 32).toBuilder()
                    .dKv(256)
                    .feedForwardType(FeedForwardType.GATED_SILU)
                    .build()),

    BYT5_SMALL("byt5-small", v1_1(384, 1472, 3584, 6, 12, 4)),
    BYT5_BASE("byt5-base", v1_1(384, 1536, 3968, 12, 18, 6)),
    BYT5_LARGE("byt5-large", v1_1(384, 1536, 3840, 16, 36, 12)),
    BYT5_XL("byt5-xl", v1_1(384, 2560, 6720, 32, 36, 12)),
    BYT5_XXL("byt5-xxl", v1_1(384, 4672, 12352, 64, 36, 12));

    private final String presetName;
    private final T5Config config;
    private final List<String> aliases;

    T5Preset(String presetName, T5Config config, String... aliases) {
        this.presetName = presetName;
        this.config = config;
        this.aliases = List.of(aliases);
    }

    /** The name that {@link #of} knows it by. */
    public String presetName() {
        return presetName;
    }

    /** The shape, with the published vocabulary size. */
    public T5Config config() {
        return config;
    }

    /**
     * The preset of that name. The names of Hugging Face's hub are understood too: {@code t5-small}, {@code
     * google/t5-v1_1-base}, {@code google/flan-t5-xl} (which has the shape of v1.1).
     *
     * @throws T5Exception where there is none; the message offers the nearest name
     */
    public static T5Preset of(String name) {
        String wanted = name.toLowerCase(Locale.ROOT)
                .replaceFirst("^.*/", "")
                .replaceFirst("^flan-t5-", "v1_1-")
                .replaceFirst("^t5-", "")
                .replace("v1.1", "v1_1");
        return Arrays.stream(values())
                .filter(preset -> preset.presetName.equals(wanted) || preset.aliases.contains(wanted))
                .findFirst()
                .orElseThrow(() -> new T5Exception("There is no model preset \"" + name + "\""
                        + NearestName.quotedQuestion(names(), wanted) + " There are " + String.join(", ", names())));
    }

    /** All names, in order of declaration. */
    public static List<String> names() {
        return Arrays.stream(values()).map(T5Preset::presetName).toList();
    }

    private static T5Config v1_0(int vocabSize, int dModel, int dFf, int numHeads, int dKv, int layers) {
        return T5Config.builder()
                .vocabSize(vocabSize)
                .dModel(dModel)
                .dFf(dFf)
                .numHeads(numHeads)
                .dKv(dKv)
                .layers(layers, layers)
                .build();
    }

    private static T5Config umt5(int dModel, int dFf, int numHeads, int layers) {
        return v1_1(256384, dModel, dFf, numHeads, layers, layers).toBuilder()
                .relativeBiasPerLayer(true)
                .build();
    }

    private static T5Config v1_1(
            int vocabSize, int dModel, int dFf, int numHeads, int numLayers, int numDecoderLayers) {
        return T5Config.builder()
                .vocabSize(vocabSize)
                .dModel(dModel)
                .dFf(dFf)
                .numHeads(numHeads)
                .layers(numLayers, numDecoderLayers)
                .feedForwardType(FeedForwardType.GATED_GELU)
                .tieWordEmbeddings(false)
                .build();
    }
}
