package org.t5j.data.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.WordTokenizer;
import org.t5j.data.batch.Batch;
import org.t5j.data.batch.BatchConfig;
import org.t5j.data.batch.BatchStream;
import org.t5j.data.batch.DataPosition;
import org.t5j.data.dataset.TrainingData;
import org.t5j.data.source.Source;

/** Rates of mixtures: the study's formulas with numbers worked out elsewhere, seqio's nesting, and counted draws. */
class MixtureTest {
    /** Numbers of training examples, as the study gives them. */
    private static final Map<String, Long> SIZES = sizes();

    private static final Task COLA = task("cola");
    private static final Task MNLI = task("mnli");
    private static final Task SQUAD = task("squad");
    private static final Task EN_FR = task("en_fr");
    private static final Corpus C4 = new Corpus();

    private static Map<String, Long> sizes() {
        Map<String, Long> sizes = new LinkedHashMap<>();
        sizes.put("cola", 8_551L);
        sizes.put("mnli", 392_702L);
        sizes.put("squad", 87_599L);
        sizes.put("en_fr", 40_817_600L);
        sizes.put("corpus", 364_868_892L);
        return sizes;
    }

    private static Task task(String name) {
        return Task.builder(name).source(Task.TRAIN, Source.of(List.of())).build();
    }

    private static Map<String, Double> shares(Mixture mixture) {
        Map<Ingredient, Double> rates = mixture.rates(leaf -> SIZES.get(leaf.name()));
        double sum = rates.values().stream().mapToDouble(Double::doubleValue).sum();
        Map<String, Double> shares = new LinkedHashMap<>();
        rates.forEach((leaf, rate) -> shares.put(leaf.name(), rate / sum));
        return shares;
    }

    private static void assertShares(Mixture mixture, Map<String, Double> expected) {
        Map<String, Double> actual = shares(mixture);
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, share) -> assertThat(actual.get(name)).as(name).isCloseTo(share, within(1e-12)));
    }

    @Test
    void examplesProportionalWithALimit() {
        // python: K=2**19; e=[8551,392702,87599,40817600]; r=[min(x,K) for x in e]; [x/sum(r) for x in r]
        assertShares(
                Mixture.of("m", MixingRate.proportional(1 << 19, 1, 1), COLA, MNLI, SQUAD, EN_FR),
                Map.of(
                        "cola", 0.008440097123793355,
                        "mnli", 0.3876088201038356,
                        "squad", 0.08646287778589336,
                        "en_fr", 0.5174882049864776));
    }

    @Test
    void temperatureAfterTheLimit() {
        // python: K=2**21; r=[min(x,K)**(1/2) for x in e]; [x/sum(r) for x in r]
        assertShares(
                Mixture.of("m", MixingRate.proportional(1 << 21, 1, 2), COLA, MNLI, SQUAD, EN_FR),
                Map.of(
                        "cola", 0.03754038569399205,
                        "mnli", 0.2544027687839031,
                        "squad", 0.12015444764197016,
                        "en_fr", 0.5879023978801347));
        assertShares(
                Mixture.of("m", MixingRate.proportional(1 << 21, 1, Double.POSITIVE_INFINITY), COLA, EN_FR),
                Map.of("cola", 0.5, "en_fr", 0.5));
    }

    @Test
    void theMultilingualModelsTemperature() {
        // python: r=[x**0.3 for x in (8551, 40817600)]; [x/sum(r) for x in r]
        assertShares(
                Mixture.of("m", MixingRate.proportional(Double.POSITIVE_INFINITY, 1, 1 / 0.3), COLA, EN_FR),
                Map.of("cola", 0.07301678438777577, "en_fr", 0.9269832156122243));
    }

    @Test
    void theLimitComesAfterTheScale() {
        // cola: 8551 · 0.5; mnli: min(392702 · 0.5, 100000), not min(392702, 100000) · 0.5
        Map<Ingredient, Double> rates = Mixture.of("m", MixingRate.proportional(100_000, 0.5, 1), COLA, MNLI)
                .rates(leaf -> SIZES.get(leaf.name()));
        assertThat(rates.get(COLA)).isEqualTo(4275.5);
        assertThat(rates.get(MNLI)).isEqualTo(100_000.0);
    }

    @Test
    void aSmallerMixtureSharesItsRateAndATaskReachedTwiceAdds() {
        Mixture glue = Mixture.of("glue", MixingRate.proportional(1e9, 1, 1), COLA, MNLI);
        Mixture all = new Mixture(
                "all",
                List.of(
                        new Mixture.Member(C4, MixingRate.constant(1e6)),
                        new Mixture.Member(glue, MixingRate.constant(100)),
                        new Mixture.Member(COLA, MixingRate.constant(3))));
        Map<Ingredient, Double> rates = all.rates(leaf -> SIZES.get(leaf.name()));
        assertThat(rates.keySet()).containsExactly(C4, COLA, MNLI);
        assertThat(rates.get(C4)).isEqualTo(1e6);
        // 100 · 8551 / (8551 + 392702) + 3, 100 · 392702 / 401253
        assertThat(rates.get(COLA)).isCloseTo(5.131074409412515, within(1e-9));
        assertThat(rates.get(MNLI)).isCloseTo(97.86892559058748, within(1e-9));
        assertThat(all.leaves()).containsExactly(C4, COLA, MNLI);
        assertThat(all.tasks()).containsExactly(COLA, MNLI);
    }

    @Test
    void theSizeOfASmallerMixtureIsTheSumOfItsTasks() {
        Mixture small = Mixture.of("small", MixingRate.equal(), COLA, MNLI);
        Mixture all = Mixture.of("all", MixingRate.proportional(1e9, 1, 1), small, SQUAD);
        Map<Ingredient, Double> rates = all.rates(leaf -> SIZES.get(leaf.name()));
        assertThat(rates.get(COLA)).isEqualTo(200_626.5);
        assertThat(rates.get(MNLI)).isEqualTo(200_626.5);
        assertThat(rates.get(SQUAD)).isEqualTo(87_599.0);
    }

    @Test
    void onePartIsLeftOutAtWhateverDepth() {
        Mixture glue = Mixture.of("glue", MixingRate.equal(), COLA, MNLI);
        Mixture all = Mixture.of("all", MixingRate.equal(), glue, SQUAD);
        assertThat(all.without("squad").leaves()).containsExactly(COLA, MNLI);
        assertThat(all.without("cola").leaves()).containsExactly(MNLI, SQUAD);
        assertThat(all.without("glue").leaves()).containsExactly(SQUAD);
        assertThat(all.without("cola").without("mnli").members()).hasSize(1);
        assertThat(shares(all.without("cola"))).isEqualTo(Map.of("mnli", 0.5, "squad", 0.5));
        assertThatThrownBy(() -> all.without("sst2"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("cannot leave out 'sst2'")
                .hasMessageContaining("[glue, cola, mnli, squad]");
        assertThatThrownBy(() -> all.without("squad").without("glue"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Nothing is left of mixture 'all' without 'glue'");
    }

    @Test
    void twoTasksOfOneNameAreRefused() {
        Mixture one = Mixture.of("one", MixingRate.equal(), COLA);
        Mixture other = Mixture.of("other", MixingRate.equal(), task("cola"));
        assertThatThrownBy(() -> Mixture.of("all", MixingRate.equal(), one, other))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("two different tasks named 'cola'");
    }

    @Test
    void configurationsNestMixturesAndLeaveTasksOut() {
        TaskRegistry known = new TaskRegistry().add(COLA).add(MNLI).add(SQUAD).add(C4);
        known.add(new MixtureConfig("glue", null, List.of("cola", "mnli"), 100_000.0, null, null, null, null)
                .toMixture(known));
        MixtureConfig config = new MixtureConfig(
                "all", Map.of("corpus", 9.0), List.of("glue"), null, null, null, List.of("cola"), null);
        Map<Ingredient, Double> rates = config.toMixture(known).rates(leaf -> SIZES.get(leaf.name()));
        assertThat(rates).isEqualTo(Map.of(C4, 9.0, MNLI, 392_702.0));
        assertThatThrownBy(() ->
                        new MixtureConfig("m", null, List.of("gleu"), null, null, null, null, null).toMixture(known))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("There is no task or mixture named 'gleu'. Did you mean 'glue'?");
    }

    @Test
    void aTaskMayHaveALimitOfItsOwn() {
        TaskRegistry known = new TaskRegistry().add(COLA).add(MNLI).add(SQUAD);
        List<String> parts = List.of("cola", "mnli", "squad");
        Map<String, Double> limits = Map.of("mnli", 200_000.0, "cola", 1000.0);
        Mixture mixture = new MixtureConfig("m", null, parts, 50_000.0, null, null, null, limits).toMixture(known);
        assertThat(mixture.rates(leaf -> SIZES.get(leaf.name())))
                .isEqualTo(Map.of(COLA, 1000.0, MNLI, 200_000.0, SQUAD, 50_000.0));
        assertThatThrownBy(() -> new MixtureConfig("m", null, List.of("cola"), null, null, null, null, limits))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("mnli")
                .hasMessageContaining("but its proportional parts are [cola]. Limit only those.");
        Map<String, Double> none = Collections.singletonMap("cola", null);
        assertThatThrownBy(() -> new MixtureConfig("m", null, List.of("cola"), null, null, null, null, none))
                .isInstanceOf(DataException.class)
                .hasMessage("Mixture 'm' has the limits {cola=null}, but a limit is a number of examples above 0.");
    }

    @Test
    void drawsFollowTheRates() {
        Task a = numbered("a", 100);
        Task b = numbered("b", 400);
        Task c = numbered("c", 50);
        Mixture ab = Mixture.of("ab", MixingRate.proportional(200, 1, 2), a, b);
        Mixture mixture = Mixture.of("all", MixingRate.constant(2), ab).with(c, MixingRate.constant(1));
        // of ab: √100 : √min(400, 200) = 0.41421 : 0.58579; ab : c = 2 : 1
        Map<String, Double> expected = Map.of(
                "a", 2 / 3.0 * 10 / (10 + Math.sqrt(200)),
                "b", 2 / 3.0 * Math.sqrt(200) / (10 + Math.sqrt(200)),
                "c", 1 / 3.0);
        int draws = 60_000;
        Map<String, Long> counts = counts(TrainingData.load(mixture, new WordTokenizer()), draws);
        expected.forEach((name, share) -> {
            double deviation = Math.sqrt(share * (1 - share) / draws);
            assertThat(counts.get(name) / (double) draws)
                    .as("share of %s", name)
                    .isCloseTo(share, within(4 * deviation));
        });
    }

    /** A task whose targets are its name. */
    private static Task numbered(String name, int examples) {
        return Task.builder(name)
                .source(
                        Task.TRAIN,
                        Source.of(IntStream.range(0, examples)
                                .mapToObj(i -> Example.of("x", name))
                                .toList()))
                .build();
    }

    private static Map<String, Long> counts(TrainingData data, int draws) {
        WordTokenizer tokenizer = new WordTokenizer();
        Map<Integer, String> names = Stream.of("a", "b", "c")
                .collect(Collectors.toMap(name -> tokenizer.encode(name)[0], name -> name));
        try (BatchStream stream = BatchStream.open(data, BatchConfig.of(100, 5), DataPosition.start())) {
            return IntStream.range(0, draws / 100)
                    .mapToObj(i -> stream.next())
                    .flatMap(batch ->
                            IntStream.range(0, batch.size()).mapToObj(row -> names.get(firstLabel(batch, row))))
                    .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        }
    }

    private static int firstLabel(Batch batch, int row) {
        return batch.labels()[row * batch.targetLength()];
    }
}
