package org.t5j.train.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading configurations: defaults, overrides, variants, round trips, and what is said about every kind of mistake. */
class ConfigFileTest {
    enum Colour {
        RED,
        GREEN
    }

    interface Fruit {}

    record Apple(@Doc("weight in grams") int weight) implements Fruit {
        public static Apple defaults() {
            return new Apple(100);
        }
    }

    record Pear(
            @Doc("whether it is ripe") boolean ripe,
            @Doc("length") double length) implements Fruit {
        public static Pear defaults() {
            return new Pear(true, 7.5);
        }
    }

    record Inner(
            @Doc("steps to take") long totalSteps,
            @Doc("rate") double learningRate) {
        Inner {
            Require.that(totalSteps > 0, "totalSteps", "must be positive", totalSteps);
        }

        public static Inner defaults() {
            return new Inner(1000, 1e-3);
        }
    }

    record Row(@Doc("name") String name, @Doc("size") Integer size) {}

    record Outer(
            @Doc("inner") Inner inner,
            @Doc("colour") Colour colour,
            @Doc("file") Path file,
            @Doc("fruit") Fruit fruit,
            @Doc("rows") List<Row> rows,
            @Doc("rates") Map<String, Double> rates) {
        public static Outer defaults() {
            return new Outer(Inner.defaults(), Colour.RED, null, Apple.defaults(), List.of(), Map.of());
        }
    }

    private static final ConfigSchema SCHEMA =
            new ConfigSchema(Outer.class).variants(Fruit.class, Map.of("apple", Apple.class, "pear", Pear.class));
    private static final ConfigFile<Outer> CONFIG = new ConfigFile<>(Outer.class, SCHEMA);

    @TempDir
    Path directory;

    private Outer load(String text, String... settings) throws IOException {
        Path file = directory.resolve("run.yaml");
        Files.writeString(file, text);
        return CONFIG.load(file, List.of(settings));
    }

    @Test
    void anEmptyFileIsAllDefaults() throws IOException {
        assertThat(load("")).isEqualTo(Outer.defaults());
        assertThat(CONFIG.ofSettings(List.of())).isEqualTo(Outer.defaults());
    }

    @Test
    void keysThatAreLeftOutKeepTheirDefaults() throws IOException {
        Outer config = load("inner: {totalSteps: 1e4}\nfruit: {name: pear, length: 3}\ncolour: green\nfile: a/b.txt\n");
        assertThat(config.inner()).isEqualTo(new Inner(10_000, 1e-3));
        assertThat(config.fruit()).isEqualTo(new Pear(true, 3));
        assertThat(config.colour()).isEqualTo(Colour.GREEN);
        assertThat(config.file()).isEqualTo(directory.resolve("a/b.txt"));
    }

    @Test
    void settingsWinOverTheFile() throws IOException {
        Outer config = load(
                "inner: {totalSteps: 5}\nrows: [{name: x}, {name: y}]\nfruit: pear\n",
                "inner.totalSteps=7",
                "inner.learningRate=2e-5",
                "rows.1.size=3",
                "fruit.ripe=false",
                "rates={a: 1, b: Infinity}");
        assertThat(config.inner()).isEqualTo(new Inner(7, 2e-5));
        assertThat(config.rows()).containsExactly(new Row("x", null), new Row("y", 3));
        assertThat(config.fruit()).isEqualTo(new Pear(false, 7.5));
        assertThat(config.rates()).containsEntry("a", 1.0).containsEntry("b", Double.POSITIVE_INFINITY);
    }

    @Test
    void whatIsWrittenReadsBackEqual() throws IOException {
        Outer config = load("""
                inner: {totalSteps: 123456789012, learningRate: 1e-30}
                rows: [{name: "true"}, {name: "12", size: 2}]
                fruit: {name: pear, ripe: false}
                file: some/file
                rates: {a: Infinity}
                """);
        assertThat(load(CONFIG.toYaml(config))).isEqualTo(config);
        Path json = directory.resolve("run.json");
        Files.writeString(json, CONFIG.toTree(config).toString());
        assertThat(CONFIG.load(json, List.of())).isEqualTo(config);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            inner: {totalStep: 5}         | run.yaml: inner.totalStep is not a known key; did you mean totalSteps?
            iner: 5                       | run.yaml: iner is not a known key; did you mean inner? Known here: inner, colour
            inner: {totalSteps: many}     | run.yaml: inner.totalSteps must be a whole number, found "many"
            inner: {totalSteps: 1.5}      | run.yaml: inner.totalSteps must be a whole number, found 1.5
            inner: {totalSteps: 0}        | run.yaml: inner: totalSteps must be positive, found 0
            inner: {totalSteps: [1]}      | run.yaml: inner.totalSteps must be a single value, found [1]
            inner: {totalSteps: null}     | run.yaml: inner.totalSteps needs a value
            inner: 7                      | run.yaml: inner must be a section of keys, found 7
            inner: {learningRate: true}   | run.yaml: inner.learningRate must be a number, found true
            colour: gren                  | run.yaml: colour is "gren"; did you mean GREEN? Known: RED, GREEN
            fruit: {name: peer}           | run.yaml: fruit is "peer"; did you mean "pear"?
            fruit: {name: pear, lenght: 1}| run.yaml: fruit.lenght is not a known key; did you mean length? Known here: name, ripe, length
            fruit: {name: pear, weight: 1}| run.yaml: fruit.weight is not a known key. Known here: name, ripe, length
            colour: ultramarine           | run.yaml: colour is "ultramarine". Known: RED, GREEN
            fruit: {name: nut}            | run.yaml: fruit is "nut". Known:
            fruit: {name: pear, ripe: 1}  | run.yaml: fruit.ripe must be true or false, found 1
            rows: [{size: 2}, {sise: 3}]  | run.yaml: rows.1.sise is not a known key; did you mean size?
            rates: [1]                    | run.yaml: rates must be a section of names and values
            just text                     | run.yaml: the file must hold keys and values
            """)
    void mistakesAreNamedWithTheirKey(String text, String message) {
        assertThatThrownBy(() -> load(text)).isInstanceOf(ConfigException.class).hasMessageContaining(message);
    }

    @Test
    void mistakesInSettingsNameTheSetting() {
        assertThatThrownBy(() -> load("", "inner.totalStep=5"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("--set inner.totalStep: inner.totalStep is not a known key");
        assertThatThrownBy(() -> load("", "inner.totalSteps=0"))
                .hasMessage("--set inner.totalSteps: inner: totalSteps must be positive, found 0");
        assertThatThrownBy(() -> load("", "totalSteps"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("found \"totalSteps\"");
        assertThatThrownBy(() -> load("rows: [{name: a}]", "rows.1.name=b"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is not an element of a list of 1");
        assertThatThrownBy(() -> load("inner: {totalSteps: 5}", "inner.totalSteps.x=b"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("single value where the key \"x\" should be");
        assertThatThrownBy(() -> load("", "rows=[a"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("not YAML");
    }

    @Test
    void filesThatAreNoYamlAreNamedWithTheLine() {
        assertThatThrownBy(() -> load("inner:\n  totalSteps: 5\n totalSteps: [\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("run.yaml, line");
        assertThatThrownBy(() -> load("colour: red\ncolour: green\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Duplicate");
        assertThatThrownBy(() -> CONFIG.load(directory.resolve("absent.yaml"), List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Cannot read the configuration file")
                .hasMessageContaining("absent.yaml");
    }

    @Test
    void theReferenceListsEveryKeyAndVariant() {
        assertThat(ConfigReference.markdown(SCHEMA))
                .contains("| `colour` | `RED` or `GREEN` | `RED` | colour |")
                .contains("## `inner`")
                .contains("| `totalSteps` | whole number | `1000` | steps to take |")
                .contains("## `fruit` with `name: pear`")
                .contains("## `rows` (each element)");
    }
}
