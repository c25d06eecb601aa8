package org.t5j.tokenizer.normalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.tokenizer.Goldens;
import org.t5j.tokenizer.SpmTools;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.NormalizerSpec;

/** Rules from files and compiled maps, and back; compared with {@code spm_normalize} where it is installed. */
class CharacterRulesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(NormalizationRule.class)
    void aBuiltInRuleIsTheSameAfterDecompilingAndCompiling(NormalizationRule rule) {
        byte[] map = rule.spec().precompiledCharsmap();
        CharacterRules rules = CharacterRules.of(map);
        if (rule == NormalizationRule.IDENTITY) {
            assertThat(rules.asMap()).isEmpty();
            return;
        }
        assertThat(rules.asMap()).hasSizeGreaterThan(200_000).containsEntry("\uFB01", "fi");
        byte[] compiled = rules.compile();
        assertThat(CharacterRules.of(compiled)).isEqualTo(rules);
        assertThat(compiled.length).isLessThan(map.length * 11 / 10);
    }

    @ParameterizedTest
    @EnumSource(value = NormalizationRule.class, names = "IDENTITY", mode = EnumSource.Mode.EXCLUDE)
    void spmNormalizeDecompilesTheSameRulesFromItsOwnAndFromOurMap(NormalizationRule rule) throws Exception {
        CharacterRules rules = CharacterRules.of(rule.spec().precompiledCharsmap());
        String tsv = rules.toTsv();
        byte[] expected = SpmTools.run(
                folder, new byte[0], "spm_normalize", "--decompile", "--normalization_rule_name=" + rule.ruleName());
        assertThat(tsv.equals(new String(expected, StandardCharsets.UTF_8)))
                .as("decompiled by name")
                .isTrue();
        Path model = modelWith(rules.normalizerSpec());
        byte[] fromOurs = SpmTools.run(folder, new byte[0], "spm_normalize", "--decompile", "--model=" + model);
        assertThat(tsv.equals(new String(fromOurs, StandardCharsets.UTF_8)))
                .as("decompiled from the map compiled here")
                .isTrue();
        Path file = Files.writeString(folder.resolve("rules.tsv"), tsv);
        assertThat(CharacterRules.parse(file).equals(rules)).as("read again").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"models/trained", "models/found", "models/t5-vocab"})
    void everyMapOfTheReferenceModelsIsTheSameAfterDecompilingAndCompiling(String models) throws IOException {
        Set<ByteBuffer> seen = new HashSet<>();
        try (Stream<Path> files = Files.list(Goldens.shared(models))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".model")).toList()) {
                ModelProto model = ModelProto.read(file);
                for (NormalizerSpec spec : List.of(model.normalizerSpec(), model.denormalizerSpec())) {
                    byte[] map = spec.precompiledCharsmap();
                    if (map.length > 0 && seen.add(ByteBuffer.wrap(map))) {
                        CharacterRules rules = CharacterRules.of(map);
                        assertThat(CharacterRules.of(rules.compile()).equals(rules))
                                .as("the map of %s", file)
                                .isTrue();
                    }
                }
            }
        }
        assertThat(seen).isNotEmpty();
    }

    @Test
    void randomRulesAreTheSameAfterCompilingAndDecompiling() {
        SplittableRandom random = new SplittableRandom(5);
        int[] letters = {1, 'a', 'b', 'c', ' ', 0xE9, 0x65E5, 0xFFFD, 0x1F600, 0x10FFFF};
        for (int round = 0; round < 300; round++) {
            Map<String, String> rules = new HashMap<>();
            for (int i = random.nextInt(1, 200); i > 0; i--) {
                rules.put(text(random, letters, random.nextInt(1, 6)), text(random, letters, random.nextInt(0, 3)));
            }
            CharacterRules made = CharacterRules.of(rules);
            assertThat(CharacterRules.of(made.compile())).isEqualTo(made);
        }
    }

    @Test
    void aFileIsReadAsSpmTrainReadsIt() throws Exception {
        String file = String.join(
                "\n",
                "61\t62",
                "U+0063  64\t0x65 U+66\t# comment \u00e9",
                "67",
                "68\t",
                "61\t78",
                " 1F600 \t41 \r",
                "6A\t\tcomment");
        Path tsv = Files.writeString(folder.resolve("rules.tsv"), file);
        CharacterRules rules = CharacterRules.parse(tsv);
        assertThat(rules.asMap())
                .containsExactly(
                        Map.entry("a", "x"),
                        Map.entry("cd", "ef"),
                        Map.entry("g", ""),
                        Map.entry("h", ""),
                        Map.entry("j", ""),
                        Map.entry("\uD83D\uDE00", "A"));
        Files.writeString(tsv, file.replace(" \r", ""));
        byte[] expected =
                SpmTools.run(folder, new byte[0], "spm_normalize", "--decompile", "--normalization_rule_tsv=" + tsv);
        assertThat(rules.toTsv()).isEqualTo(new String(expected, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# comment",
                "",
                "\t61",
                "xyz\t62",
                "61g\t62",
                "61,62\t63",
                "0\t61",
                "61\t0",
                "D800\t61",
                "61\tDFFF",
                "61\t110000",
                "-61\t62",
                "61\t62 ffffffffffff"
            })
    void aLineThatIsNoRuleIsNamed(String line) throws IOException {
        Path tsv = Files.writeString(folder.resolve("rules.tsv"), "61\t62\n" + line + "\n63\t64\n");
        assertThatThrownBy(() -> CharacterRules.parse(tsv))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("Line 2 ")
                .hasMessageContaining(tsv.toString());
    }

    @Test
    void anAbsentFileIsNamed() {
        assertThatThrownBy(() -> CharacterRules.parse(folder.resolve("absent.tsv")))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("absent.tsv");
        assertThatThrownBy(() -> CharacterRules.parse(folder)).isInstanceOf(TokenizerException.class);
    }

    @Test
    void rulesThatCannotBeCompiledAreRefused() {
        assertThatThrownBy(() -> CharacterRules.of(Map.of()).compile()).hasMessageContaining("identity");
        assertThatThrownBy(() -> CharacterRules.of(Map.of("", "a"))).hasMessageContaining("0 bytes");
        assertThatThrownBy(() -> CharacterRules.of(Map.of("a".repeat(1025), "a")))
                .hasMessageContaining("1025");
        assertThatThrownBy(() -> CharacterRules.of(Map.of("a", "\uD800"))).hasMessageContaining("surrogate");
        Map<String, String> nested = new HashMap<>();
        for (int length = 1; length <= 31; length++) {
            nested.put("a".repeat(length), "b");
        }
        assertThat(CharacterRules.of(CharacterRules.of(nested).compile()).asMap())
                .hasSize(31);
        nested.put("a".repeat(500), "b");
        assertThatThrownBy(() -> CharacterRules.of(nested).compile())
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("32");
    }

    @Test
    void aMapWithACycleIsRefused() {
        int[] units = new int[512];
        Arrays.fill(units, 1 << 31);
        units[0] = CharacterMap.childUnit(0, 256, false);
        units[256 ^ 'a'] = CharacterMap.childUnit('a', 'a', true); // Its children stand where it stands itself.
        units[256] = CharacterMap.valueUnit(0);
        assertThatThrownBy(() -> new CharacterMap(blob(units)))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("cycle");
    }

    @Test
    void aMapThatSharesItsEndsTooOftenIsRefusedWhenListed() {
        int[] units = new int[256 * 34];
        Arrays.fill(units, 1 << 31);
        units[0] = CharacterMap.childUnit(0, 256, false);
        for (int level = 1; level <= 32; level++) {
            for (int label = 1; label < 200; label++) {
                int at = 256 * level ^ label;
                units[at] = CharacterMap.childUnit(label, at ^ 256 * (level + 1), false);
            }
        }
        CharacterMap map = new CharacterMap(blob(units));
        assertThatThrownBy(() -> map.forEachRule((key, length, start) -> {}))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("more than");
    }

    private static byte[] blob(int[] units) {
        ByteBuffer blob = ByteBuffer.allocate(4 + 4 * units.length + 2).order(ByteOrder.LITTLE_ENDIAN);
        blob.putInt(4 * units.length);
        blob.asIntBuffer().put(units);
        return blob.array();
    }

    private Path modelWith(NormalizerSpec spec) {
        ModelProto model = ModelProto.read(Goldens.resource("uni1k_en.model"));
        Path file = folder.resolve("changed.model");
        new ModelProto(model.pieces(), model.trainerSpec(), spec).write(file);
        return file;
    }

    private static String text(SplittableRandom random, int[] letters, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return text.toString();
    }
}
