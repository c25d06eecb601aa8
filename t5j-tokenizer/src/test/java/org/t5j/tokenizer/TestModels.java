package org.t5j.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.model.NormalizerSpec;
import org.t5j.tokenizer.model.Piece;
import org.t5j.tokenizer.model.ProtoMessage;
import org.t5j.tokenizer.model.TrainerSpec;

/** Small models made for tests, without rules of normalisation. */
public final class TestModels {

    private static final int MODEL_TYPE = 3;

    private TestModels() {}

    /** A model of these pieces after {@code <unk>}, {@code <s>} and {@code </s>}. */
    public static ModelProto of(ModelType type, List<Piece> pieces) {
        List<Piece> all = new ArrayList<>(List.of(
                new Piece("<unk>", 0, Piece.Type.UNKNOWN),
                new Piece("<s>", 0, Piece.Type.CONTROL),
                new Piece("</s>", 0, Piece.Type.CONTROL)));
        all.addAll(pieces);
        ProtoMessage spec = new ProtoMessage.Builder()
                .add(MODEL_TYPE, (long) TrainerSpec.numberOf(type))
                .build();
        return new ModelProto(all, new TrainerSpec(spec), NormalizerSpec.of("identity", new byte[0]));
    }

    /**
     * Random pieces of few characters, so that most texts have many segmentations, with scores of which many are equal.
     * Some characters are no pieces.
     *
     * @param unused the part of the pieces of the type UNUSED, 0 to 1
     * @param userDefined the part of the type USER_DEFINED
     */
    public static List<Piece> randomPieces(RandomGenerator random, int count, double unused, double userDefined) {
        Map<String, Piece> pieces = new LinkedHashMap<>();
        while (pieces.size() < count) {
            String text = randomText(random, 1 + random.nextInt(random.nextBoolean() ? 3 : 7), "ab\u00e9\u65e5\u2581");
            double kind = random.nextDouble();
            Piece.Type type = kind < unused
                    ? Piece.Type.UNUSED
                    : kind < unused + userDefined ? Piece.Type.USER_DEFINED : Piece.Type.NORMAL;
            pieces.put(text, new Piece(text, -random.nextInt(count / 4 + 1), type));
        }
        return List.copyOf(pieces.values());
    }

    /** A text of {@code length} characters out of {@code alphabet}, all in the BMP. */
    public static String randomText(RandomGenerator random, int length, String alphabet) {
        char[] text = new char[length];
        Arrays.setAll(new int[length], i -> text[i] = alphabet.charAt(random.nextInt(alphabet.length())));
        return new String(text);
    }
}
