package org.t5j.tokenizer.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.tokenizer.Goldens;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.tokenizer.SpmTools;
import org.t5j.tokenizer.bytes.ByteTrie;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.NormalizerSpec;
import org.t5j.tokenizer.model.ProtoMessage;

/** Normalised text equals that of {@code spm_normalize}; alignment; denormalisation. */
class NormalizerTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(NormalizationRule.class)
    void builtInRulesGiveTheTextOfSpmNormalize(NormalizationRule rule) throws Exception {
        for (boolean removeExtra : new boolean[] {true, false}) {
            NormalizerSpec spec = rule.spec().withSpaces(false, removeExtra, false);
            check(spec, "--normalization_rule_name=" + rule.ruleName(), "--remove_extra_whitespaces=" + removeExtra);
        }
    }

    @Test
    void rulesOfAFileGiveTheTextOfSpmNormalize() throws Exception {
        Path tsv =
                Files.writeString(folder.resolve("rules.tsv"), "41\t61 20\n41 20\t62\n65\t\n74 68\t20 FE\n20 20\t2E\n");
        check(
                CharacterRules.parse(tsv).normalizerSpec().withSpaces(false, true, false),
                "--normalization_rule_tsv=" + tsv);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trained/uni1k_cf",
                "trained/uni1k_customnorm",
                "trained/uni1k_nodummy",
                "trained/uni6k_ml",
                "t5-vocab/spiece",
                "found/sp_test_ja_model"
            })
    void modelsGiveTheTextOfSpmNormalize(String name) throws Exception {
        Path model = Goldens.shared("models/" + name + ".model");
        check(ModelProto.read(model).normalizerSpec(), "--model=" + model, "--use_internal_normalization");
    }

    private void check(NormalizerSpec spec, String... options) throws Exception {
        List<byte[]> lines = lines();
        Bytes input = new Bytes(1 << 20);
        for (byte[] line : lines) {
            input.append(line);
            input.append((byte) '\n');
        }
        byte[] expected = SpmTools.run(folder, Arrays.copyOf(input.array(), input.length()), "spm_normalize", options);
        Normalizer normalizer = new Normalizer(spec, false, ByteTrie.of(List.of()));
        Bytes in = new Bytes(16);
        Bytes out = new Bytes(16);
        int at = 0;
        for (byte[] line : lines) {
            in.clear();
            in.append(line);
            normalizer.normalize(in, Normalizer.Position.WHOLE, out);
            int end = at;
            while (expected[end] != '\n') {
                end++;
            }
            assertThat(Arrays.copyOf(out.array(), out.length()))
                    .as("normalised '%s'", in)
                    .isEqualTo(Arrays.copyOfRange(expected, at, end));
            at = end + 1;
        }
        assertThat(at).isEqualTo(expected.length);
    }

    /** Recorded texts, characters by chance (rules of several characters are often met), and malformed UTF-8. */
    private static List<byte[]> lines() {
        List<byte[]> lines = new ArrayList<>();
        Goldens.committedLines().forEach(line -> lines.add(line.getBytes(StandardCharsets.UTF_8)));
        SplittableRandom random = new SplittableRandom(6);
        List<String> keys = new ArrayList<>(
                CharacterRules.of(NormalizationRule.NMT_NFKC_CF.spec().precompiledCharsmap())
                        .asMap()
                        .keySet());
        for (int i = 0; i < 3000; i++) {
            StringBuilder line = new StringBuilder();
            for (int k = random.nextInt(1, 12); k > 0; k--) {
                switch (random.nextInt(4)) {
                    case 0 -> line.append(keys.get(random.nextInt(keys.size())));
                    case 1 -> line.append("  The A ".substring(random.nextInt(5), 5 + random.nextInt(3)));
                    case 2 -> line.appendCodePoint(random.nextInt(1, 0xD7FF));
                    default -> line.appendCodePoint(random.nextInt(0xE000, 0x30000));
                }
            }
            byte[] bytes = line.toString().replace("\n", "").getBytes(StandardCharsets.UTF_8);
            if (i % 3 == 0 && bytes.length > 0) {
                byte damage = (byte) random.nextInt(0x80, 0x100);
                bytes[random.nextInt(bytes.length)] = damage;
            }
            lines.add(bytes);
        }
        return lines;
    }

    @Test
    void everyNormalisedByteKnowsTheCharacterItCameFrom() {
        NormalizerSpec spec =
                CharacterRules.of(Map.of("\uFB01", "fi", "x", "", "a b", "c")).normalizerSpec();
        Normalizer normalizer = new Normalizer(spec, false, ByteTrie.of(List.of()));
        Bytes in = new Bytes(16);
        String text = "  \uFB01  a bxz ";
        in.append(text, 0, text.length());
        Bytes out = new Bytes(16);
        Alignment alignment = new Alignment();
        normalizer.normalize(in, Normalizer.Position.WHOLE, out, alignment);
        assertThat(out).hasToString("\u2581fi\u2581cz");
        int[] expected = {2, 2, 2, 2, 2, 5, 5, 5, 7, 11, 12};
        assertThat(alignment.size()).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(alignment.original(i)).as("source of byte %d", i).isEqualTo(expected[i]);
        }
    }

    @Test
    void decodedTextIsDenormalisedAsByTheCppTools() throws Exception {
        ModelProto model = ModelProto.read(Goldens.resource("uni1k_en.model"));
        CharacterRules rules = CharacterRules.of(Map.of("the", "THE", "ing ", "ed  ", "k", "", "\u2047", "?"));
        ModelProto changed = new ModelProto(
                model.pieces(),
                model.trainerSpec(),
                model.normalizerSpec(),
                rules.denormalizerSpec(),
                ProtoMessage.EMPTY);
        Path file = folder.resolve("denormalizing.model");
        changed.write(file);
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.of(changed, 0);
        StringBuilder ids = new StringBuilder();
        StringBuilder decoded = new StringBuilder();
        for (String line : List.of("the king of the things", "a singing bird \u65E5", "k")) {
            int[] encoded = tokenizer.encode(line);
            for (int id : encoded) {
                ids.append(id).append(' ');
            }
            ids.append('\n');
            decoded.append(tokenizer.decode(encoded)).append('\n');
        }
        assertThat(decoded.toString()).startsWith("THE ed  of THE things");
        byte[] expected = SpmTools.run(
                folder,
                ids.toString().getBytes(StandardCharsets.UTF_8),
                "spm_decode",
                "--model=" + file,
                "--input_format=id");
        assertThat(decoded.toString()).isEqualTo(new String(expected, StandardCharsets.UTF_8));
    }
}
