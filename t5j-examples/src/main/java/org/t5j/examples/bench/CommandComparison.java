package org.t5j.examples.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.t5j.core.T5Exception;

/**
 * Runs two benchmark programs in turn, each time a new process, and compares the JSON lines that they end with. What
 * else happens on the machine then hits both alike.
 *
 * @param first command line for the shell
 * @param second command line for the shell: what the first is compared with
 * @param rounds how often each runs, at least 1
 */
public record CommandComparison(String first, String second, int rounds) {
    private static final List<String> RATES = List.of("tokens_per_second", "new_tokens_per_second", "gflops");
    private static final List<String> PARAMETERS =
            List.of("what", "preset", "batch", "source", "threads", "source_lengths", "target_lengths");
    private static final Map<String, List<String>> PARAMETERS_OF = Map.of(
            "train", List.of("target", "dropout", "optimizer", "bf16"), "generate", List.of("new_tokens", "bf16"));

    /** How t5j ran, which another program does not tell in the same words: for comparisons of t5j with itself. */
    private static final List<String> SETUP = List.of("java", "vector_module", "OPENBLAS_CORETYPE");

    /** What {@code bin/t5j} sets for the JVM it starts, and other programs must not inherit. */
    private static final List<String> SET_BY_THE_SCRIPT = List.of(
            "OMP_NUM_THREADS",
            "OMP_WAIT_POLICY",
            "OPENBLAS_THREAD_TIMEOUT",
            "OPENBLAS_NUM_THREADS",
            "OPENBLAS_VERBOSE",
            "GLIBC_TUNABLES");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Runs all rounds, telling the log of each; the last line of the log is a row of a Markdown table.
     *
     * @throws T5Exception where a command fails or prints no JSON, or where the two measured nothing in common
     */
    public ObjectNode run(PrintWriter log) {
        List<JsonNode> ours = new ArrayList<>();
        List<JsonNode> theirs = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            ours.add(result(first));
            theirs.add(result(second));
            requireCommonMeasurement(ours.get(0), theirs.get(0));
            log.printf("round %d: %s | %s%n", round, brief(ours.get(round - 1)), brief(theirs.get(round - 1)));
            log.flush();
        }
        return compare(ours, theirs, log);
    }

    private static JsonNode result(String commandLine) {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        ProcessBuilder builder =
                windows ? new ProcessBuilder("cmd", "/c", commandLine) : new ProcessBuilder("sh", "-c", commandLine);
        SET_BY_THE_SCRIPT.forEach(builder.environment()::remove);
        try {
            Process process =
                    builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new T5Exception("The command \"" + commandLine + "\" ended with exit code " + code
                        + "; run it by itself to see why");
            }
            return lastObject(commandLine, printed);
        } catch (IOException e) {
            throw new T5Exception("The command \"" + commandLine + "\" could not be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new T5Exception("Interrupted while \"" + commandLine + "\" ran", e);
        }
    }

    private static JsonNode lastObject(String commandLine, String printed) {
        String last = printed.lines()
                .filter(line -> line.startsWith("{"))
                .reduce((a, b) -> b)
                .orElseThrow(() -> new T5Exception("The command \"" + commandLine
                        + "\" printed no line of JSON; it must print one object with keys such as"
                        + " tokens_per_second_best"));
        try {
            return MAPPER.readTree(last);
        } catch (JsonProcessingException e) {
            throw new T5Exception("What the command \"" + commandLine + "\" printed last is not JSON: " + last, e);
        }
    }

    private static void requireCommonMeasurement(JsonNode ours, JsonNode theirs) {
        if (names(ours).stream().noneMatch(key -> isMeasured(key) && theirs.has(key))) {
            throw new T5Exception(
                    "The lines of JSON of the two commands have no measurement in common, a key that ends with"
                            + " _best or _median, or peak_rss_mb; their keys are " + names(ours) + " and "
                            + names(theirs));
        }
    }

    private static List<String> names(JsonNode run) {
        List<String> names = new ArrayList<>();
        run.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private ObjectNode compare(List<JsonNode> ours, List<JsonNode> theirs, PrintWriter log) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("what", "compare");
        out.put("rounds", rounds);
        out.set("differs", differences(ours.get(0), theirs.get(0)));
        ObjectNode firstValues = out.putObject("first");
        ObjectNode secondValues = out.putObject("second");
        ObjectNode ratios = out.putObject("ratio");
        ours.get(0).fieldNames().forEachRemaining(key -> {
            if (isMeasured(key) && theirs.get(0).has(key)) {
                double mine = overRounds(key, ours);
                double other = overRounds(key, theirs);
                firstValues.put(key, mine);
                secondValues.put(key, other);
                ratios.put(key, StepTimes.rounded(mine / other, 3));
            }
        });
        out.set("first_run", ours.get(0));
        out.set("second_run", theirs.get(0));
        if (!out.get("differs").isEmpty()) {
            log.println("the two do not measure the same: " + out.get("differs"));
        }
        log.println(markdownRow(out));
        log.flush();
        return out;
    }

    /** The parameters, of those that matter for what is measured, in which the two differ. */
    private static ObjectNode differences(JsonNode ours, JsonNode theirs) {
        List<String> names = new ArrayList<>(PARAMETERS);
        names.addAll(PARAMETERS_OF.getOrDefault(ours.path("what").asText(), List.of()));
        if (isOfT5j(ours) && isOfT5j(theirs)) {
            names.addAll(SETUP);
        }
        ObjectNode differences = JsonNodeFactory.instance.objectNode();
        for (String name : names) {
            if (!ours.path(name).equals(theirs.path(name))) {
                differences.put(name, text(ours.path(name)) + " and " + text(theirs.path(name)));
            }
        }
        return differences;
    }

    private static boolean isOfT5j(JsonNode run) {
        return run.path("peer").asText().startsWith(Report.T5J);
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "none" : value.isTextual() ? value.asText() : value.toString();
    }

    private static boolean isMeasured(String key) {
        return key.endsWith("_best") || key.endsWith("_median") || key.equals("peak_rss_mb");
    }

    /** Of a best value the best of all rounds, of anything else the median. */
    private static double overRounds(String key, List<JsonNode> runs) {
        double[] values = runs.stream()
                .mapToDouble(run -> run.path(key).asDouble())
                .sorted()
                .toArray();
        int last = values.length - 1;
        if (key.endsWith("_best")) {
            return key.startsWith("ms") ? values[0] : values[last];
        }
        return StepTimes.rounded((values[last / 2] + values[(last + 1) / 2]) / 2, 2);
    }

    private static String brief(JsonNode run) {
        String rate = rate(run);
        return run.path("peer").asText("?") + ": " + rate + " "
                + run.path(rate + "_best").asText() + ", "
                + run.path("peak_rss_mb").asText() + " MB";
    }

    private static String rate(JsonNode run) {
        return RATES.stream()
                .filter(name -> run.has(name + "_best"))
                .findFirst()
                .orElse("ms");
    }

    private static String markdownRow(ObjectNode out) {
        String rate = rate(out.get("ratio"));
        String[] cells = {
            named(out.get("first_run")),
            out.at("/first_run/threads").asText(),
            rate,
            out.at("/first/" + rate + "_best").asText(),
            out.at("/second/" + rate + "_best").asText(),
            out.at("/ratio/" + rate + "_best").asText(),
            out.at("/ratio/" + rate + "_median").asText(),
            out.at("/ratio/peak_rss_mb").asText()
        };
        return "| " + String.join(" | ", cells) + " |";
    }

    /** What was measured, such as "train small 8x512". */
    private static String named(JsonNode run) {
        String what = run.path("what").asText();
        return run.has("preset")
                ? what + " " + run.path("preset").asText() + " " + run.path("batch") + "x" + run.path("source")
                : what;
    }
}
