package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks print one line with the keys of the program they are compared with. */
class BenchCommandsTest {
    private static final String[] SHARED_KEYS = {
        "peer",
        "what",
        "preset",
        "batch",
        "source",
        "target",
        "dropout",
        "optimizer",
        "threads",
        "steps",
        "new_tokens",
        "bf16",
        "ms_best",
        "ms_median",
        "peak_rss_mb"
    };
    private static final String[] OWN_KEYS = {"machine", "os", "cores", "java", "vector_module"};

    @TempDir
    Path directory;

    private static JsonNode json(Cli.Result result) throws IOException {
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.lines()).hasSize(1);
        return new ObjectMapper().readTree(result.out());
    }

    /** Runs {@code bench train} on the smallest model, one step without warm-up if not said otherwise. */
    private static Cli.Result train(int batch, int source, int target, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("bench", "train", "--preset", "tiny", "--warm-up", 0));
        arguments.addAll(List.of("--batch", batch, "--source", source, "--target", target));
        arguments.addAll(Arrays.asList(more));
        if (!arguments.contains("--steps")) {
            arguments.addAll(List.of("--steps", 1));
        }
        return Cli.run(arguments.toArray());
    }

    private static void assertKeys(JsonNode json, String[] keys) {
        assertThat(json.fieldNames()).toIterable().contains(keys);
    }

    @Test
    void trainPrintsThePeersKeys() throws IOException {
        JsonNode json = json(train(2, 8, 4));
        assertKeys(json, SHARED_KEYS);
        assertKeys(json, OWN_KEYS);
        assertKeys(json, new String[] {
            "tokens_per_second_best", "tokens_per_second_median", "matmul_gflop_per_step", "gflops_best", "loss"
        });
        assertThat(json.get("tokens").asInt()).isEqualTo(2 * (8 + 4));
        assertThat(json.get("loss").asDouble()).isBetween(8.0, 11.0);
        assertThat(json.has("source_lengths")).isFalse();
    }

    @Test
    void trainPadsABatchOfDifferentLengths() throws IOException {
        JsonNode json = json(train(3, 8, 4, "--shortest", 2, "--mean-length", 5));
        assertThat(json.get("source_lengths").toString()).isEqualTo("[2,5,8]");
        assertThat(json.get("target_lengths").toString()).isEqualTo("[1,3,4]");
        assertThat(json.get("tokens").asInt()).isEqualTo(23);
        assertThat(train(3, 8, 4, "--mean-length", 5).err()).contains("--shortest too");
        assertThat(train(3, 8, 4, "--shortest", 9).err()).contains("between 1 and --source 8, found 9");
    }

    @Test
    void longRunsTellWhetherMemoryGrows() throws IOException {
        JsonNode json = json(train(1, 2, 1, "--steps", 51));
        assertThat(json.get("rss_mb_after_50").asLong()).isPositive();
        assertThat(json.get("rss_growth").asDouble())
                .isCloseTo(
                        json.get("rss_mb_after_51").asDouble()
                                / json.get("rss_mb_after_50").asDouble(),
                        within(1e-3));
    }

    @Test
    void aProfileListsKernelsAndSharesThatAddUp() throws IOException {
        Cli.Result result = train(2, 8, 4, "--profile");
        JsonNode profile = json(result).get("profile");
        assertThat(profile.get("matmul_share").asDouble()
                        + profile.get("other_kernels_share").asDouble()
                        + profile.get("outside_kernels_share").asDouble())
                .isCloseTo(1, within(0.01));
        assertThat(profile.get("sgemm_gflops").asDouble()).isPositive();
        assertThat(result.err()).contains("matmul", "rmsNorm", "adafactorFactored", "outside kernels", "sgemm reaches");
    }

    @Test
    void generatePrintsThePeersKeys() throws IOException {
        Cli.Result result = Cli.run(
                "bench",
                "generate",
                "--preset",
                "tiny",
                "--batch",
                2,
                "--source",
                5,
                "--new-tokens",
                3,
                "--steps",
                1,
                "--profile");
        JsonNode json = json(result);
        assertKeys(json, SHARED_KEYS);
        assertKeys(json, OWN_KEYS);
        assertKeys(json, new String[] {"new_tokens_per_second_best", "new_tokens_per_second_median", "profile"});
        assertThat(json.get("new_tokens").asInt()).isEqualTo(3);
        assertThat(result.err()).contains("matmul", "outside kernels");
    }

    @Test
    void gemmPrintsTheRateOfMatrixProducts() throws IOException {
        JsonNode json = json(Cli.run("bench", "gemm"));
        assertThat(json.get("what").asText()).isEqualTo("gemm");
        assertThat(json.get("gflops_best").asDouble())
                .isEqualTo(Math.max(
                        json.at("/gflops_by_size/512").asDouble(),
                        Math.max(
                                json.at("/gflops_by_size/1024").asDouble(),
                                json.at("/gflops_by_size/2048").asDouble())))
                .isPositive();
        assertKeys(json, OWN_KEYS);
    }

    @Test
    void kernelsAreTimedAtTheSizesOfAStep() throws IOException {
        long started = System.nanoTime();
        Cli.Result result = Cli.run(
                "bench",
                "kernels",
                "--preset",
                "tiny",
                "--batch",
                2,
                "--source",
                8,
                "--target",
                4,
                "--steps",
                1,
                "--warm-up",
                0);
        JsonNode times = json(result).get("us_per_call");
        assertThat(times.at("/rmsNorm 16x128/nd4j").asDouble()).isPositive();
        assertThat(times.at("/matmul 16x128 128x512 16x512/nd4j").asDouble()
                        + times.at("/matmul 16x128 512x128 16x512/nd4j").asDouble())
                .isPositive();
        assertThat(result.err()).contains("rmsNorm 16x128", "ns/element");
        assertThat(json(result).get("peer").asText()).startsWith("t5j").contains("nd4j and cpu");
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .as("code is compiled first")
                .isGreaterThan(Duration.ofSeconds(6));
    }

    @Test
    void dataIsTimedBesideNumpyWhereThatIs() throws IOException {
        Path text = SmallModel.corpus(directory.resolve("text.txt"));
        Path model = directory.resolve("v.model");
        Cli.run("tokenizer", "train", "--input", text, "--output", model, "--vocab_size=40");
        Object[] arguments = {
            "bench", "data", "--model", model, "--text", text, "--source=32", "--batch=2", "--rounds=1", "--warm-up=0"
        };
        JsonNode json = json(Cli.run(arguments));
        assertKeys(json, OWN_KEYS);
        assertThat(json.get("cached_tokens_per_second_best").asDouble()).isPositive();
        assertThat(json.get("raw_share_of_tokenizer_best").asDouble()).isPositive();
        assertThat(json.has("other")).isEqualTo(json.has("cached_ratio_best"));
        Object[] tooLong = arguments.clone();
        tooLong[7] = "--batch=20000";
        Cli.Result result = Cli.run(tooLong);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("fewer than one batch").doesNotContain("\tat ");
    }

    @Test
    void tokenizerIsTimedBesideTheLibraryInCppWhereThatIs() throws IOException {
        Path text = SmallModel.corpus(directory.resolve("text.txt"));
        Path model = directory.resolve("v.model");
        Cli.run("tokenizer", "train", "--input", text, "--output", model, "--vocab_size=40");
        JsonNode json = json(Cli.run(
                "bench", "tokenizer", "--model", model, "--text", text, "--rounds=2", "--warm-up=0", "--threads=2"));
        assertKeys(json, new String[] {"peer", "what", "threads", "heap_mb", "tokens", "encode", "encode_threads"});
        assertKeys(json, OWN_KEYS);
        assertThat(json.at("/decode/mb_per_second_best").asDouble()).isPositive();
        if (json.has("other")) {
            assertThat(json.get("same_ids").asBoolean()).isTrue();
            assertThat(json.get("encode_ratio_best").asDouble())
                    .isCloseTo(
                            json.at("/encode/mb_per_second_best").asDouble()
                                    / json.at("/other_encode/mb_per_second_best")
                                            .asDouble(),
                            withinPercentage(5));
        }
        Cli.Result nothing = Cli.run("bench", "tokenizer", "--text", text);
        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.err()).contains("--model or --train");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void compareRunsBothInTurnAndDividesBestAndMedian() throws IOException {
        Path log = directory.resolve("log");
        Files.writeString(log, "");
        String first = "n=$(wc -l < '%s'); echo first >> '%s'; echo noise;".formatted(log, log)
                + " echo \"{\\\"what\\\":\\\"train\\\",\\\"threads\\\":1,\\\"dropout\\\":0.1,"
                + "\\\"tokens_per_second_best\\\":$((100 + 10 * n)),"
                + "\\\"tokens_per_second_median\\\":$((90 + 10 * n)),\\\"peak_rss_mb\\\":50}\"";
        String second = "echo second >> '%s';".formatted(log)
                + " echo '{\"what\":\"train\",\"threads\":2,\"dropout\":0.10,"
                + "\"tokens_per_second_best\":70,\"tokens_per_second_median\":55,\"peak_rss_mb\":200}'";
        Cli.Result result = Cli.run("bench", "compare", "--rounds", 3, first, second);
        JsonNode json = json(result);
        assertThat(Files.readAllLines(log)).containsExactly("first", "second", "first", "second", "first", "second");
        assertThat(json.at("/first/tokens_per_second_best").asDouble()).isEqualTo(140);
        assertThat(json.at("/ratio/tokens_per_second_best").asDouble()).isEqualTo(2);
        assertThat(json.at("/ratio/tokens_per_second_median").asDouble()).isEqualTo(2);
        assertThat(json.at("/ratio/peak_rss_mb").asDouble()).isEqualTo(0.25);
        assertThat(json.get("differs").toString()).isEqualTo("{\"threads\":\"1 and 2\"}");
        assertThat(result.err())
                .contains("round 3", "| train | 1 | tokens_per_second | 140.0 | 70.0 | 2.0 | 2.0 | 0.25 |");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void compareListsHowT5jRanAndWhatOnlyOneSideHas() throws IOException {
        String first = "{\"peer\":\"t5j 0.1.0\",\"what\":\"train\",\"java\":\"17\",\"vector_module\":true,"
                + "\"OPENBLAS_CORETYPE\":\"Haswell\",\"source_lengths\":[1,2],\"ms_best\":1}";
        String second =
                "{\"peer\":\"t5j 0.1.0\",\"what\":\"train\",\"java\":\"25\",\"vector_module\":false,\"bf16\":true,"
                        + "\"ms_best\":1}";
        JsonNode differs = differences(first, second);
        assertThat(differs.get("java").asText()).isEqualTo("17 and 25");
        assertThat(differs.get("vector_module").asText()).isEqualTo("true and false");
        assertThat(differs.get("OPENBLAS_CORETYPE").asText()).isEqualTo("Haswell and none");
        assertThat(differs.get("source_lengths").asText()).isEqualTo("[1,2] and none");
        assertThat(differs.get("bf16").asText()).isEqualTo("none and true");
        String other = "{\"peer\":\"torch\",\"what\":\"train\",\"source_lengths\":[1,2],\"ms_best\":1}";
        assertThat(differences(first, other)).isEmpty();
    }

    private static JsonNode differences(String first, String second) throws IOException {
        return json(Cli.run("bench", "compare", "--rounds", 1, "echo '" + first + "'", "echo '" + second + "'"))
                .get("differs");
    }

    @Test
    void aBatchThatCannotDifferInLengthIsBadUsage() {
        Cli.Result one = train(1, 256, 64, "--shortest", 20);
        assertThat(one.code()).isEqualTo(2);
        assertThat(one.err()).contains("--batch 1 with --shortest 20 and --source 256", "--help");
        Cli.Result mean = train(8, 512, 64, "--shortest", 20, "--mean-length", 451);
        assertThat(mean.code()).isEqualTo(2);
        assertThat(mean.err()).contains("--mean-length must be between 82 and 450", "found 451");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void compareSaysWhichCommandFailed() {
        Cli.Result failed = Cli.run("bench", "compare", "exit 3", "echo {}");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("\"exit 3\"", "exit code 3");
        assertThat(Cli.run("bench", "compare", "echo hello", "echo {}").err()).contains("no line of JSON");
        assertThat(Cli.run("bench", "compare", "echo {", "echo {}").err()).contains("is not JSON");
        assertThat(Cli.run("bench", "compare", "echo {}").code()).isEqualTo(2);
        Cli.Result nothing = Cli.run("bench", "compare", "echo '{\"ms_best\":1}'", "echo '{\"a\":1,\"ms_median\":2}'");
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.out()).isEmpty();
        assertThat(nothing.err())
                .contains("no measurement in common", "[ms_best] and [a, ms_median]")
                .hasLineCount(1);
    }
}
